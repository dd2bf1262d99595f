using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Domain.UnitTests.QAPairs;

/// <summary>Where a pair's answer comes from decides what is known of it from the start.</summary>
public sealed class QAPairProvenanceTests
{
    private static readonly UsagePolicy SheetDefault = new(Uses.All, Uses.Testing);
    private static readonly PairDecision Trusted = new("ml.engineer", Times.Start);
    private static readonly PairOrigin Unanswered = PairBuilder.Origin(error: new GenerationError("length", "The answer was cut off."));

    [Test]
    public void FromCanonicalLabel_WhenMade_IsLabelledByTheExpertUnderTheLabelsConstraints()
    {
        var usage = new UsagePolicy(Uses.Training, Uses.FewShot, "Customer agreement.", DataClassification.Restricted);
        var label = LabelBuilder.Label("item-7", usage: usage, labeledAt: Times.Start.AddYears(-1));

        var pair = QAPair.FromCanonicalLabel(PairBuilder.Origin("item-7", usage: SheetDefault), label);

        Assert.Multiple(() =>
        {
            Assert.That((pair.Status, pair.State.LabelingMode), Is.EqualTo((QAPairStatus.Labeled, LabelingMode.Canonical)));
            Assert.That(pair.State.CanonicalLabelId, Is.EqualTo(label.Id));
            Assert.That(pair.State.Decision, Is.EqualTo(new PairDecision("dr.lee", Times.Start.AddYears(-1))));
            Assert.That(pair.State.Usage, Is.EqualTo(usage));
            Assert.That(pair.State.Conversation.Assistant, Is.EqualTo("scratch"));
            Assert.That(pair.State.Original, Is.Null);
        });
    }

    [Test]
    public void FromCanonicalLabel_WhenTheLabelIsAnObject_AnswersWithItsCompactJson()
    {
        var pair = PairBuilder.FromLabel(label: LabelBuilder.OfJson("""{ "defect": "Lötbrücke", "score": 0.50 }"""));

        Assert.That(pair.State.Conversation.Assistant, Is.EqualTo("""{"defect":"Lötbrücke","score":0.50}"""));
    }

    [Test]
    public void FromModel_WhenMade_AwaitsReviewUnderTheSheetsConstraints()
    {
        var pair = QAPair.FromModel(PairBuilder.Origin(usage: SheetDefault), " a draft\n");

        Assert.Multiple(() =>
        {
            Assert.That((pair.Status, pair.State.LabelingMode), Is.EqualTo((QAPairStatus.Unlabeled, LabelingMode.AiGenerated)));
            Assert.That((pair.State.CanonicalLabelId, pair.State.Decision), Is.EqualTo(((CanonicalLabelId?)null, (PairDecision?)null)));
            Assert.That(pair.State.Usage, Is.EqualTo(SheetDefault));
            Assert.That(pair.State.Conversation.Assistant, Is.EqualTo(" a draft\n"));
        });
    }

    [Test]
    public void AwaitingAnswer_WhenMade_HasNone()
    {
        var pair = PairBuilder.AwaitingAnswer();

        Assert.That((pair.Status, pair.State.LabelingMode), Is.EqualTo((QAPairStatus.Unlabeled, LabelingMode.Manual)));
        Assert.That(pair.State.Conversation.Assistant, Is.Null);
    }

    [Test]
    public void FromExistingColumn_WhenNobodyVouches_AwaitsReview()
    {
        var pair = QAPair.FromExistingColumn(PairBuilder.Origin(), "scratch", trusted: null);

        Assert.That((pair.Status, pair.State.LabelingMode, pair.State.Decision), Is.EqualTo((QAPairStatus.Unlabeled, LabelingMode.ExistingColumn, (PairDecision?)null)));
        Assert.That(pair.State.Conversation.Assistant, Is.EqualTo("scratch"));
    }

    [Test]
    public void FromExistingColumn_WhenSomebodyVouches_IsLabelledByThem()
    {
        var pair = QAPair.FromExistingColumn(PairBuilder.Origin(), "scratch", Trusted);

        Assert.That((pair.Status, pair.State.Decision, pair.State.CanonicalLabelId), Is.EqualTo((QAPairStatus.Labeled, Trusted, (CanonicalLabelId?)null)));
    }

    [TestCase(LabelingMode.AiGenerated)]
    [TestCase(LabelingMode.Manual)]
    [TestCase(LabelingMode.ExistingColumn)]
    public void Failed_WhenMade_IsFlaggedWithItsErrorAndHasNoAnswer(LabelingMode mode)
    {
        var pair = QAPair.Failed(Unanswered, mode);

        Assert.Multiple(() =>
        {
            Assert.That((pair.Status, pair.State.LabelingMode), Is.EqualTo((QAPairStatus.Flagged, mode)));
            Assert.That(pair.FailedToGenerate, Is.True);
            Assert.That(pair.State.Metadata.Error, Is.EqualTo(new GenerationError("length", "The answer was cut off.")));
            Assert.That(pair.State.Conversation.Assistant, Is.Null);
        });
    }

    [Test]
    public void EveryPair_WhenMade_BelongsToItsItem()
    {
        var origin = PairBuilder.Origin("item-7", 7, system: "Be brief.", images: ["/Volumes/a/b/c/1.png"], createdAt: Times.Start.AddHours(1));

        Assert.Multiple(() =>
        {
            foreach (var pair in new[]
                     {
                         QAPair.FromCanonicalLabel(origin, LabelBuilder.Label("item-7")), QAPair.FromModel(origin, "scratch"), QAPair.AwaitingAnswer(origin),
                         QAPair.FromExistingColumn(origin, "scratch", null), QAPair.Failed(origin with { Metadata = Unanswered.Metadata }, LabelingMode.Manual),
                     })
            {
                Assert.That(pair.Id, Is.EqualTo(QAPairId.For(origin.TrainingSheetId, origin.ItemRef)));
                Assert.That((pair.State.SheetId, pair.State.ItemRef, pair.State.SequenceNumber), Is.EqualTo((origin.SheetId, origin.ItemRef, 7L)));
                Assert.That((pair.State.Conversation.System, pair.State.Conversation.User), Is.EqualTo((origin.Question.System, origin.Question.User)));
                Assert.That(pair.State.CreatedAt, Is.EqualTo(origin.CreatedAt));
            }
        });
    }

    [TestCase("")]
    [TestCase(" \n")]
    public void FromModelOrColumn_WhenTheAnswerIsBlank_Throws(string answer) => Assert.Multiple(() =>
    {
        Assert.That(() => QAPair.FromModel(PairBuilder.Origin(), answer), Throws.ArgumentException);
        Assert.That(() => QAPair.FromExistingColumn(PairBuilder.Origin(), answer, null), Throws.ArgumentException);
    });

    [Test]
    public void Failed_WhenNoErrorIsNamed_Throws() => Assert.That(() => QAPair.Failed(PairBuilder.Origin(), LabelingMode.Manual), Throws.ArgumentException);

    [Test]
    public void Failed_WhenTheItemHasACanonicalLabel_Throws() => Assert.That(() => QAPair.Failed(Unanswered, LabelingMode.Canonical), Throws.ArgumentException);

    [Test]
    public void EveryFactory_WhenTheOriginNamesAnErrorAndYetThereIsNoFailure_Throws() => Assert.Multiple(() =>
    {
        Assert.That(() => QAPair.FromModel(Unanswered, "scratch"), Throws.ArgumentException);
        Assert.That(() => QAPair.AwaitingAnswer(Unanswered), Throws.ArgumentException);
        Assert.That(() => QAPair.FromExistingColumn(Unanswered, "scratch", null), Throws.ArgumentException);
    });

    [Test]
    public void EveryFactory_WhenTheItemIsNotCountedFromZero_Throws() =>
        Assert.That(() => QAPair.FromModel(PairBuilder.Origin(sequenceNumber: -1), "scratch"), Throws.ArgumentException.With.Message.Contains("counted from 0"));
}
