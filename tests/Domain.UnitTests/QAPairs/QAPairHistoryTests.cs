using CsCheck;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Domain.UnitTests.QAPairs;

/// <summary>What holds of a pair whatever people decide on it, in whatever order.</summary>
public sealed class QAPairHistoryTests
{
    private static readonly CanonicalLabelId Label = LabelBuilder.Key().ToId();

    private static readonly Gen<QAPair> Made = Gen.OneOf(
        PairBuilder.FromModel(),
        PairBuilder.FromLabel(),
        PairBuilder.AwaitingAnswer(),
        PairBuilder.Failed(),
        QAPair.FromExistingColumn(PairBuilder.Origin(), "scratch", trusted: null),
        QAPair.FromExistingColumn(PairBuilder.Origin(), "scratch", new PairDecision("ml.engineer", Times.Start)));

    private static readonly Gen<Decision[]> Decisions =
        Gen.Select(Gen.Int[0, 3], Gen.OneOf("", " ", "scratch", "dent", "burr"), (kind, text) => new Decision(kind, text)).Array[0, 12];

    [Test]
    public void EveryHistory_WhenDecidedInAnyOrder_KeepsThePairLegal() => Gen.Select(Made, Decisions).Sample((made, decisions) =>
    {
        var pair = made;
        foreach (var decision in decisions)
        {
            var result = decision.Take(pair);
            if (result.IsSuccess) AssertFollows(pair, result.Value, decision);
            else Assert.That(result.Error.Kind, Is.EqualTo(decision.Text.Trim().Length == 0 ? ErrorKind.Invalid : ErrorKind.Conflict).Or.EqualTo(ErrorKind.Conflict));
            pair = result.IsSuccess ? result.Value : pair;
            AssertLegal(pair);
        }
    });

    [Test]
    public void Original_WhenDecidedInAnyOrder_IsWhatStoodBeforeTheFirstChange() => Gen.Select(Made, Decisions).Sample((made, decisions) =>
    {
        var (pair, changed) = (made, false);
        foreach (var decision in decisions)
        {
            if (!decision.Take(pair).TryGet(out var next, out _)) continue;
            changed |= next.State.Conversation != pair.State.Conversation;
            pair = next;

            Assert.That(pair.State.Original, Is.EqualTo(changed ? made.State.Conversation : null));
        }
    });

    private static void AssertFollows(QAPair before, QAPair after, Decision decision)
    {
        Assert.That(after.Status, Is.EqualTo(decision.Leads));
        Assert.That(after.State.Decision?.By, Is.EqualTo("dr.lee"));
        Assert.That(after.Id, Is.EqualTo(before.Id));
        Assert.That(after.State.LabelingMode, Is.EqualTo(before.State.LabelingMode));
        Assert.That(after.State.Metadata, Is.EqualTo(before.State.Metadata));
        Assert.That(after.State.Usage, Is.EqualTo(before.State.Usage));
    }

    private static void AssertLegal(QAPair pair)
    {
        var state = pair.State;
        if (pair.Status is QAPairStatus.Labeled)
        {
            Assert.That(state.Conversation.Assistant, Is.Not.Null.And.Not.Empty);
            Assert.That(state.CanonicalLabelId is not null || state.LabelingMode is LabelingMode.ExistingColumn, Is.True);
        }

        Assert.That(state.Decision is null, Is.EqualTo(pair.Status is QAPairStatus.Unlabeled || pair.FailedToGenerate));
        Assert.That(QAPair.Restore(state), Is.EqualTo(pair));
    }

    private sealed record Decision(int Kind, string Text)
    {
        public QAPairStatus Leads => Kind switch { 0 or 1 => QAPairStatus.Labeled, 2 => QAPairStatus.Rejected, _ => QAPairStatus.Flagged };

        public Result<QAPair> Take(QAPair pair) => Kind switch
        {
            0 => pair.Approve(Label, "dr.lee", Times.Start),
            1 => pair.Edit(Text, Label, "dr.lee", Times.Start),
            2 => pair.Reject(Text, "dr.lee", Times.Start),
            _ => pair.Flag(Text, "dr.lee", Times.Start),
        };
    }
}
