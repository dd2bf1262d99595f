using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Domain.UnitTests.QAPairs;

public sealed class QAPairReviewTests
{
    private const string By = "dr.lee";
    private static readonly CanonicalLabelId Label = LabelBuilder.Key().ToId();
    private static readonly DateTimeOffset At = Times.Start.AddDays(1);

    private static QAPair Rejected => PairBuilder.FromModel().Reject("blurred", "first", Times.Start).Value;

    private static QAPair FlaggedByAPerson => PairBuilder.FromModel().Flag("odd", "first", Times.Start).Value;

    [Test]
    public void Approve_WhenUnlabelled_IsLabelledAsItIs()
    {
        var pair = PairBuilder.FromModel(answer: "scratch").Approve(Label, By, At).Value;

        Assert.Multiple(() =>
        {
            Assert.That((pair.Status, pair.State.CanonicalLabelId), Is.EqualTo((QAPairStatus.Labeled, Label)));
            Assert.That(pair.State.Decision, Is.EqualTo(new PairDecision(By, At)));
            Assert.That(pair.State.Conversation.Assistant, Is.EqualTo("scratch"));
            Assert.That(pair.State.Original, Is.Null, "nothing was edited");
            Assert.That(pair.State.LabelingMode, Is.EqualTo(LabelingMode.AiGenerated), "where the answer came from does not change");
        });
    }

    [Test]
    public void Approve_WhenRejectedOrFlaggedWithAnAnswer_IsLabelled() => Assert.Multiple(() =>
    {
        Assert.That(Rejected.Approve(Label, By, At).Value.State.Decision, Is.EqualTo(new PairDecision(By, At)), "the old reason is gone");
        Assert.That(FlaggedByAPerson.Approve(Label, By, At).Value.Status, Is.EqualTo(QAPairStatus.Labeled));
    });

    [Test]
    public void Approve_WhenLabelledAlready_IsRefused() => AssertConflict(PairBuilder.FromLabel().Approve(Label, By, At), "labeled already");

    [Test]
    public void Approve_WhenThereIsNoAnswer_IsRefused() => Assert.Multiple(() =>
    {
        AssertConflict(PairBuilder.AwaitingAnswer().Approve(Label, By, At), "no answer");
        AssertConflict(PairBuilder.Failed().Approve(Label, By, At), "no answer");
    });

    [Test]
    public void Edit_WhenUnlabelled_IsLabelledWithTheNewAnswerAndKeepsTheOldMessages()
    {
        var draft = PairBuilder.FromModel(answer: "scratch");

        var pair = draft.Edit("dent", Label, By, At).Value;

        Assert.That((pair.Status, pair.State.CanonicalLabelId, pair.State.Decision), Is.EqualTo((QAPairStatus.Labeled, Label, new PairDecision(By, At))));
        Assert.That(pair.State.Conversation, Is.EqualTo(draft.State.Conversation with { Assistant = "dent" }));
        Assert.That(pair.State.Original, Is.EqualTo(draft.State.Conversation));
    }

    [Test]
    public void Edit_WhenEditedBefore_KeepsTheMessagesOfBeforeTheFirst()
    {
        var draft = PairBuilder.FromModel(answer: "scratch");

        var pair = draft.Edit("dent", Label, By, At).Value.Edit("burr", Label, By, At).Value;

        Assert.That(pair.State.Original, Is.EqualTo(draft.State.Conversation));
    }

    [Test]
    public void Edit_WhenTheAnswerIsTheSame_HasNothingToKeep() =>
        Assert.That(PairBuilder.FromModel(answer: "scratch").Edit("scratch", Label, By, At).Value.State.Original, Is.Null);

    [Test]
    public void Edit_WhenThereWasNoAnswer_IsLabelledAndKeepsThatThereWasNone() => Assert.Multiple(() =>
    {
        foreach (var open in new[] { PairBuilder.AwaitingAnswer(), PairBuilder.Failed() })
        {
            var pair = open.Edit("dent", Label, By, At).Value;
            Assert.That((pair.Status, pair.FailedToGenerate), Is.EqualTo((QAPairStatus.Labeled, false)));
            Assert.That(pair.State.Original?.Assistant, Is.Null);
            Assert.That(pair.State.Original, Is.EqualTo(open.State.Conversation));
        }
    });

    [TestCase("")]
    [TestCase(" \n")]
    public void Edit_WhenTheAnswerIsBlank_IsRefused(string answer) =>
        Assert.That(PairBuilder.FromModel().Edit(answer, Label, By, At).Error!.Fields, Contains.Key("content"));

    [Test]
    public void Reject_WhenUnlabelled_IsRejectedWithTheReason()
    {
        var pair = PairBuilder.FromModel().Reject("blurred", By, At).Value;

        Assert.That((pair.Status, pair.State.Decision), Is.EqualTo((QAPairStatus.Rejected, new PairDecision(By, At, "blurred"))));
    }

    [Test]
    public void Reject_WhenCanonical_KeepsWhereTheAnswerCameFrom()
    {
        var canonical = PairBuilder.FromLabel();

        var pair = canonical.Reject(null, By, At).Value;

        Assert.That((pair.State.LabelingMode, pair.State.CanonicalLabelId), Is.EqualTo((LabelingMode.Canonical, canonical.State.CanonicalLabelId)));
        Assert.That(pair.State.Decision, Is.EqualTo(new PairDecision(By, At)));
    }

    [Test]
    public void Reject_WhenRejectedAlready_IsRefused() => AssertConflict(Rejected.Reject("again", By, At), "rejected already");

    [Test]
    public void Flag_WhenLabelled_IsFlaggedWithTheReason()
    {
        var pair = PairBuilder.FromLabel().Flag("wrong board", By, At).Value;

        Assert.That((pair.Status, pair.State.Decision, pair.FailedToGenerate), Is.EqualTo((QAPairStatus.Flagged, new PairDecision(By, At, "wrong board"), false)));
    }

    [Test]
    public void Flag_WhenItFailedToGenerate_IsAPersonsFlagFromNowOn()
    {
        var pair = PairBuilder.Failed().Flag("not worth another try", By, At).Value;

        Assert.That((pair.Status, pair.FailedToGenerate), Is.EqualTo((QAPairStatus.Flagged, false)));
        Assert.That(pair.State.Metadata.Error, Is.Not.Null, "why it failed stays known");
    }

    [Test]
    public void Flag_WhenAPersonFlaggedIt_IsRefused() => AssertConflict(FlaggedByAPerson.Flag("odd", By, At), "flagged already");

    [TestCase("")]
    [TestCase(" ")]
    public void Flag_WhenThereIsNoReason_IsRefused(string reason) =>
        Assert.That(PairBuilder.FromModel().Flag(reason, By, At).Error!.Fields, Contains.Key("reason"));

    [Test]
    public void EveryDecision_WhenTaken_LeavesThePairItWasTakenOn()
    {
        var pair = PairBuilder.FromModel();
        var before = pair.State;
        _ = pair.Edit("dent", Label, By, At);

        Assert.That(pair.State, Is.EqualTo(before));
        Assert.That(pair.Status, Is.EqualTo(QAPairStatus.Unlabeled));
    }

    private static void AssertConflict(Result<QAPair> result, string message)
    {
        Assert.That((result.Error?.Kind, result.Error?.Code), Is.EqualTo((ErrorKind.Conflict, "illegal_transition")));
        Assert.That(result.Error!.Message, Does.Contain(message));
    }

    [Test]
    public void Revision_WhenDecidedOn_CountsDecisionsAndNoRefusal()
    {
        var pair = PairBuilder.FromModel();
        var label = pair.LabelKey(new("classification")).ToId();

        var edited = pair.Edit("dent", label, "dr.lee", Times.Start).Value;
        var rejected = edited.Reject(null, "dr.lee", Times.Start).Value;

        Assert.That(new[] { pair.Revision, edited.Revision, rejected.Revision }, Is.EqualTo(new[] { 0, 1, 2 }));
        Assert.That(rejected.Reject(null, "dr.lee", Times.Start).IsSuccess, Is.False);
    }

    [Test]
    public void TakenBack_Always_IsAsItWasUnderANewRevision()
    {
        var before = PairBuilder.FromLabel();

        var back = before.Flag("odd", "dr.lee", Times.Start).Value.TakenBack(before);

        Assert.That(back.State, Is.EqualTo(before.State with { Revision = 2 }));
    }
}
