using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Domain.UnitTests.QAPairs;

public sealed class QAPairRestoreTests
{
    private static readonly QAPairState Drafted = PairBuilder.FromModel().State;
    private static readonly QAPairState Canonical = PairBuilder.FromLabel().State;
    private static readonly QAPairState Failed = PairBuilder.Failed().State;
    private static readonly PairDecision Decision = new("dr.lee", Times.Start);
    private static readonly GenerationMetadata WithError = Failed.Metadata;

    private static readonly TestCaseData[] Broken =
    [
        Case.Expecting(Drafted with { SequenceNumber = -1 }, "counted from 0"),
        Case.Expecting(Drafted with { Conversation = Answered(" ") }, "not blank"),
        Case.Expecting(Canonical with { Conversation = Answered(null) }, "labelled pair has an answer"),
        Case.Expecting(Canonical with { Decision = null }, "names who labelled it"),
        Case.Expecting(Drafted with { Status = QAPairStatus.Labeled, Decision = Decision }, "names its canonical label"),
        Case.Expecting(Canonical with { Status = QAPairStatus.Rejected, CanonicalLabelId = null }, "canonical pair names its canonical label"),
        Case.Expecting(Drafted with { Decision = Decision }, "unlabelled pair has no decision"),
        Case.Expecting(Drafted with { Status = QAPairStatus.Rejected }, "names who rejected it"),
        Case.Expecting(Drafted with { Status = QAPairStatus.Flagged }, "names an error or who flagged it"),
        Case.Expecting(Failed with { Conversation = Answered("scratch") }, "could not be generated has no answer"),
        Case.Expecting(Drafted with { Metadata = WithError }, "unlabelled pair has no generation error"),
        Case.Expecting(Drafted with { Conversation = Answered(null) }, "only a manual pair waits"),
        Case.Expecting(PairBuilder.AwaitingAnswer().State with { LabelingMode = LabelingMode.ExistingColumn }, "only a manual pair waits"),
    ];

    private static readonly TestCaseData[] Legal =
    [
        Case.Of(PairBuilder.FromModel()),
        Case.Of(PairBuilder.FromLabel()),
        Case.Of(PairBuilder.Failed()),
        Case.Of(PairBuilder.AwaitingAnswer()),
        Case.Of(QAPair.FromExistingColumn(PairBuilder.Origin(), "scratch", trusted: null)),
        Case.Of(QAPair.FromExistingColumn(PairBuilder.Origin(), "scratch", Decision)),
        Case.Of(PairBuilder.Failed().Edit("dent", LabelBuilder.Key().ToId(), "dr.lee", Times.Start).Value),
    ];

    [TestCaseSource(nameof(Broken))]
    public void Restore_WhenTheStateBreaksARule_ThrowsAndNamesIt(QAPairState state, string rule) =>
        Assert.That(() => QAPair.Restore(state), Throws.TypeOf<FormatException>().With.Message.Contains(rule));

    [Test]
    public void Restore_WhenItRefuses_KeepsTheItemsDataOutOfTheMessage() =>
        Assert.That(() => QAPair.Restore(Drafted with { Decision = Decision }), Throws.TypeOf<FormatException>().With.Message.Not.Contains("scratch"));

    [TestCaseSource(nameof(Legal))]
    public void Restore_WhenTheStateIsLegal_IsThePair(QAPair pair) => Assert.That(QAPair.Restore(pair.State), Is.EqualTo(pair));

    private static Conversation Answered(string? answer) => Drafted.Conversation with { Assistant = answer };
}
