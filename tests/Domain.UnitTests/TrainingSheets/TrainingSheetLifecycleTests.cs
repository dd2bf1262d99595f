using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Domain.UnitTests.TrainingSheets;

public sealed class TrainingSheetLifecycleTests
{
    private static readonly StatusReason Reason = new("foundation_model_failed", "The endpoint refused the credentials.");

    private static readonly IReadOnlyDictionary<TrainingSheetStatus, TrainingSheet> Each = new[]
    {
        TrainingSheetBuilder.Generating(),
        TrainingSheetBuilder.Generating().FailedWith(),
        TrainingSheetBuilder.Generating().Having(PairBuilder.FromModel(), PairBuilder.FromLabel("item-2")).Completed(),
        TrainingSheetBuilder.Generating().Having(PairBuilder.FromLabel()).Completed(),
        TrainingSheetBuilder.Generating().Having(PairBuilder.FromLabel()).Completed().MarkTrained().Value,
    }.ToDictionary(sheet => sheet.Status);

    private static readonly PairTally Open = new(labeled: 0, unlabeled: 0, rejected: 0, flagged: 1);

    private static readonly IReadOnlyDictionary<string, Func<TrainingSheet, Result<TrainingSheet>>> Operations = new Dictionary<string, Func<TrainingSheet, Result<TrainingSheet>>>
    {
        ["LaunchedAs"] = sheet => sheet.LaunchedAs("run-1"),
        ["LeftByJob"] = sheet => sheet.LeftByJob(),
        ["Record"] = sheet => sheet.Record(PairTally.Of([QAPairStatus.Labeled]), PairTally.Empty, new GenerationStatistics()),
        ["Recount"] = sheet => sheet.Recount(PairTally.Empty),
        ["Complete"] = sheet => sheet.Complete(),
        ["Fail"] = sheet => sheet.Fail(Reason),
        ["Resume"] = sheet => sheet.Resume(generationFailures: 0),
        ["Settle"] = sheet => sheet.Settle(Open),
        ["MarkTrained"] = sheet => sheet.MarkTrained(),
    };

    private static readonly (TrainingSheetStatus Status, string Operation)[] Allowed =
    [
        (TrainingSheetStatus.Generating, "LaunchedAs"),
        (TrainingSheetStatus.Generating, "LeftByJob"),
        (TrainingSheetStatus.Generating, "Record"),
        (TrainingSheetStatus.Generating, "Recount"),
        (TrainingSheetStatus.Failed, "Recount"),
        (TrainingSheetStatus.Generating, "Complete"),
        (TrainingSheetStatus.Generating, "Fail"),
        (TrainingSheetStatus.Failed, "Resume"),
        (TrainingSheetStatus.Review, "Settle"),
        (TrainingSheetStatus.Approved, "Settle"),
        (TrainingSheetStatus.Approved, "MarkTrained"),
    ];

    private static IEnumerable<TestCaseData> EveryCombination =>
        from status in Each.Keys
        from operation in Operations.Keys
        select new TestCaseData(status, operation, Allowed.Contains((status, operation)));

    [TestCaseSource(nameof(EveryCombination))]
    public void EveryOperation_WhenTheStatusDoesNotAllowIt_IsRefused(TrainingSheetStatus status, string operation, bool allowed)
    {
        var result = Operations[operation](Each[status]);

        Assert.That(result.IsSuccess, Is.EqualTo(allowed));
        if (!allowed) Assert.That((result.Error!.Kind, result.Error.Code), Is.EqualTo((ErrorKind.Conflict, "illegal_transition")));
    }

    [Test]
    public void EveryRefusal_WhenAStatusDoesNotLeadToAnother_NamesBoth() => Assert.Multiple(() =>
    {
        Assert.That(Each[TrainingSheetStatus.Trained].Fail(Reason).Error!.Message, Is.EqualTo("A training sheet that is trained cannot become failed."));
        Assert.That(Each[TrainingSheetStatus.Review].MarkTrained().Error!.Message, Is.EqualTo("A training sheet that is review cannot become trained."));
        Assert.That(Each[TrainingSheetStatus.Trained].Settle(Open).Error!.Message, Does.Contain("trained cannot be changed"));
    });

    [Test]
    public void Begin_WhenMade_IsGeneratingWithoutAPair()
    {
        var sheet = TrainingSheetBuilder.Generating(mode: ExecutionMode.Job, totalItems: 500);

        Assert.Multiple(() =>
        {
            Assert.That((sheet.Status, sheet.Tally, sheet.State.Mode), Is.EqualTo((TrainingSheetStatus.Generating, PairTally.Empty, ExecutionMode.Job)));
            Assert.That(sheet.State.Statistics, Is.EqualTo(new GenerationStatistics { TotalItems = 500 }));
            Assert.That((sheet.State.CreatedBy, sheet.State.CreatedAt), Is.EqualTo(("ml.engineer", Times.Start)));
            Assert.That((sheet.State.StatusReason, sheet.State.JobRunId), Is.EqualTo(((StatusReason?)null, (string?)null)));
        });
    }

    [TestCase(null, "inspections / triage")]
    [TestCase(" ", "inspections / triage")]
    [TestCase("March", "March")]
    public void Begin_WhenNamedOrNot_HasAName(string? name, string expected) => Assert.That(TrainingSheetBuilder.Generating(name: name).State.Name, Is.EqualTo(expected));

    [Test]
    public void Begin_WhenNobodyDecidedWhereToRun_Throws() =>
        Assert.That(() => TrainingSheetBuilder.Generating(mode: ExecutionMode.Auto), Throws.TypeOf<FormatException>());

    [Test]
    public void LaunchedAs_WhenGenerating_NotesTheRun() => Assert.That(TrainingSheetBuilder.Generating().LaunchedAs("run-1").Value.State.JobRunId, Is.EqualTo("run-1"));

    [Test]
    public void Record_WhenPairsWereWritten_CountsThemAndTheWork()
    {
        var sheet = TrainingSheetBuilder.Generating(totalItems: 3)
            .Record(PairTally.Of([QAPairStatus.Labeled, QAPairStatus.Flagged]), PairTally.Empty, new GenerationStatistics { CanonicalReused = 1, FailedItems = 1 }).Value
            .Record(PairTally.Of([QAPairStatus.Unlabeled]), PairTally.Of([QAPairStatus.Flagged]), new GenerationStatistics { ModelGenerated = 1, FailedItems = -1 }).Value;

        Assert.That(sheet.Tally, Is.EqualTo(new PairTally(labeled: 1, unlabeled: 1, rejected: 0, flagged: 0)));
        Assert.That(sheet.State.Statistics, Is.EqualTo(new GenerationStatistics { TotalItems = 3, CanonicalReused = 1, ModelGenerated = 1 }));
    }

    [Test]
    public void LeftByJob_WhenARunIsNoted_ForgetsItAlone()
    {
        var sheet = TrainingSheetBuilder.Generating(mode: ExecutionMode.Job);

        Assert.That(sheet.LaunchedAs("run-1").Value.LeftByJob().Value.State, Is.EqualTo(sheet.State));
    }

    [Test]
    public void Recount_WhenGenerating_TakesTheCountsOfThePairs() =>
        Assert.That(TrainingSheetBuilder.Generating().Having(PairBuilder.FromModel()).Recount(new PairTally(1, 2, 3, 4)).Value.Tally, Is.EqualTo(new PairTally(1, 2, 3, 4)));

    [TestCase(QAPairStatus.Unlabeled, TrainingSheetStatus.Review)]
    [TestCase(QAPairStatus.Flagged, TrainingSheetStatus.Review)]
    [TestCase(QAPairStatus.Labeled, TrainingSheetStatus.Approved)]
    [TestCase(QAPairStatus.Rejected, TrainingSheetStatus.Approved)]
    public void Complete_WhenThereIsAPair_IsInReviewWhileItIsOpen(QAPairStatus pair, TrainingSheetStatus expected)
    {
        var sheet = TrainingSheetBuilder.Generating().Record(PairTally.Of([QAPairStatus.Labeled, pair]), PairTally.Empty, new GenerationStatistics()).Value;

        Assert.That(sheet.Complete().Value.Status, Is.EqualTo(expected));
    }

    [Test]
    public void Fail_WhenGenerating_SaysWhyAndKeepsThePairs()
    {
        var sheet = TrainingSheetBuilder.Generating().Having(PairBuilder.FromModel()).Fail(Reason).Value;

        Assert.That((sheet.Status, sheet.State.StatusReason, sheet.Tally.Total), Is.EqualTo((TrainingSheetStatus.Failed, Reason, 1L)));
    }

    [Test]
    public void Resume_WhenFailed_GeneratesAgainWithThePairsThereAre()
    {
        var sheet = TrainingSheetBuilder.Generating().Having(PairBuilder.FromModel()).FailedWith().Resume(0).Value;

        Assert.That((sheet.Status, sheet.State.StatusReason, sheet.Tally.Total), Is.EqualTo((TrainingSheetStatus.Generating, (StatusReason?)null, 1L)));
    }

    [Test]
    public void Resume_WhenInReviewWithGenerationErrors_GeneratesAgain() =>
        Assert.That(TrainingSheetBuilder.Generating().Having(PairBuilder.Failed()).Completed().Resume(1).Value.Status, Is.EqualTo(TrainingSheetStatus.Generating));

    [Test]
    public void Resume_WhenNothingIsLeftToGenerate_SaysSo() => Assert.Multiple(() =>
    {
        Assert.That(Each[TrainingSheetStatus.Review].Resume(0).Error, Is.SameAs(TrainingSheetErrors.NothingToResume));
        Assert.That(Each[TrainingSheetStatus.Approved].Resume(0).Error, Is.SameAs(TrainingSheetErrors.NothingToResume));
    });

    [Test]
    public void Settle_WhenTheLastOpenPairIsDecided_IsApproved()
    {
        var sheet = TrainingSheetBuilder.Generating().Having(PairBuilder.FromModel(), PairBuilder.Failed("item-2")).Completed();

        var first = sheet.Settle(new PairTally(1, 0, 0, 1)).Value;
        var last = first.Settle(new PairTally(1, 0, 1, 0)).Value;

        Assert.That((first.Status, first.Tally), Is.EqualTo((TrainingSheetStatus.Review, new PairTally(1, 0, 0, 1))));
        Assert.That((last.Status, last.Tally), Is.EqualTo((TrainingSheetStatus.Approved, new PairTally(1, 0, 1, 0))));
    }

    [Test]
    public void Settle_WhenAnApprovedOnesPairIsFlagged_IsInReviewAgain() =>
        Assert.That(Each[TrainingSheetStatus.Approved].Settle(Open).Value.Status, Is.EqualTo(TrainingSheetStatus.Review));

    [Test]
    public void Settle_WhenTrained_TakesCountsThatLeaveNoPairOpen() => Assert.That(
        Each[TrainingSheetStatus.Trained].Settle(new PairTally(1, 0, 1, 0)).Value, Is.EqualTo(TrainingSheet.Restore(Each[TrainingSheetStatus.Trained].State with { Tally = new PairTally(1, 0, 1, 0) })));

    [Test]
    public void RefusesReview_Always_IsNullExactlyInReviewAndWhenApproved() => Assert.That(
        Each.Where(sheet => sheet.Value.RefusesReview() is null).Select(sheet => sheet.Key), Is.EquivalentTo(new[] { TrainingSheetStatus.Review, TrainingSheetStatus.Approved }));

    [Test]
    public void MarkTrained_WhenApproved_IsTrained() =>
        Assert.That(Each[TrainingSheetStatus.Approved].MarkTrained().Value.Status, Is.EqualTo(TrainingSheetStatus.Trained));

    [TestCase(TrainingSheetStatus.Generating, "already_running")]
    [TestCase(TrainingSheetStatus.Trained, "illegal_transition")]
    [TestCase(TrainingSheetStatus.Review, null)]
    [TestCase(TrainingSheetStatus.Approved, null)]
    [TestCase(TrainingSheetStatus.Failed, null)]
    public void RefusesDeletion_WhenGeneratingOrTrained_SaysWhy(TrainingSheetStatus status, string? code) =>
        Assert.That(Each[status].RefusesDeletion()?.Code, Is.EqualTo(code));
}
