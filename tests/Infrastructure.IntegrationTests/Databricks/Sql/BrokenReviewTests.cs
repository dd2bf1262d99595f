using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Infrastructure.IntegrationTests.Sql;
using Mirion.Generation.Infrastructure.Sql;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Contracts;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sql;

/// <summary>Decisions where each statement is a commit of its own: what comes between them, and what is left when they break off.</summary>
[TestFixture]
public sealed class BrokenReviewTests
{
    // The statements of a decision that changes a label, in their order.
    private const int Claim = 1;
    private const int Keep = 2;
    private const int Label = 3;
    private const int Counts = 4;

    private static readonly TrainingSheetId Id = new("ts-1");
    private static readonly LabelType Type = new("classification");

    private readonly MigratedWorkspace _workspace = new();

    private static CancellationToken None => CancellationToken.None;

    private ITrainingSheetRepository Sheets => _workspace.Get<ITrainingSheetRepository>();

    private ICanonicalLabelRepository Labels => _workspace.Get<ICanonicalLabelRepository>();

    private IPairReviewRepository Reviews => _workspace.Get<IPairReviewRepository>();

    [OneTimeSetUp]
    public Task StartAsync() => _workspace.StartAsync();

    [SetUp]
    public async Task ClearAsync()
    {
        await _workspace.ClearAsync();
        var (sheet, pair) = (TrainingSheetBuilder.Generating(), PairBuilder.FromModel());
        await Labels.UpsertAsync(LabelBuilder.Label(answer: "dent", labeledBy: "dr.kim"), None);
        await Sheets.AddAsync(sheet, None);
        await Sheets.CommitBatchAsync(sheet.Having(pair).Completed(), [pair], None);
    }

    [OneTimeTearDown]
    public Task StopAsync() => _workspace.StopAsync();

    [TestCase(Claim)]
    [TestCase(Keep)]
    [TestCase(Label)]
    [TestCase(Counts)]
    public async Task CommitAsync_WhenItBreaksOff_IsFinishedLater(int after)
    {
        var review = Edit(await PairAsync(), "scratch");
        Assert.That(() => Over(number => number == after ? throw new IOException() : Task.CompletedTask).CommitAsync(Id, Type, [review], None), Throws.InstanceOf<IOException>());
        Assert.That((await PairAsync()).Revision, Is.EqualTo(1), "the pair is decided on first");

        await Reviews.CompleteAsync(Id, Type, [review with { Before = review.After }], None);

        await AssertDecidedAsync(review, "scratch", "dent");
    }

    [TestCase(Claim)]
    [TestCase(Keep)]
    [TestCase(Label)]
    [TestCase(Counts)]
    public async Task CommitAsync_WhenAnotherBrokeOff_SetsCountsAndLabelRight(int after)
    {
        Assert.That(
            () => Over(number => number == after ? throw new IOException() : Task.CompletedTask).CommitAsync(Id, Type, [Edit(PairBuilder.FromModel(), "scratch")], None), Throws.InstanceOf<IOException>());

        var review = Edit(await PairAsync(), "crack");
        await Reviews.CommitAsync(Id, Type, [review], None);

        await AssertDecidedAsync(review, after < Label ? ["crack", "dent"] : ["crack", "scratch", "dent"]);
    }

    [Test]
    public async Task CommitAsync_WhenEveryReplyIsLost_StoresTheDecisionOnce()
    {
        var review = Edit(await PairAsync(), "scratch");

        var commit = await new SqlPairReviewRepository(new WatchedSession(_workspace.Get<ISqlSession>(), _ => Task.CompletedTask) { LosesReplies = true }, new LabelWrites())
            .CommitAsync(Id, Type, [review], None);

        Assert.That(commit.Stored, Has.Count.EqualTo(1));
        await AssertDecidedAsync(review, "scratch", "dent");
    }

    [TestCase(Claim)]
    [TestCase(Keep)]
    public async Task CommitAsync_WhenItIsOvertaken_LeavesTheLabelToTheLaterDecision(int after)
    {
        PairReview later = null!;
        await Over(async number =>
        {
            if (number != after) return;
            later = Edit(await PairAsync(), "later");
            await Reviews.CommitAsync(Id, Type, [later], None);
        }).CommitAsync(Id, Type, [Edit(await PairAsync(), "sooner")], None);

        await AssertDecidedAsync(later, "later", "dent");
    }

    [Test]
    public async Task CommitAsync_WhenTheLabelIsChangedInBetween_KeepsThatVersionToo()
    {
        var review = Edit(await PairAsync(), "scratch");

        await Over(number => number == Keep ? Labels.UpsertAsync(LabelBuilder.Label(answer: "between"), None) : Task.CompletedTask).CommitAsync(Id, Type, [review], None);

        await AssertDecidedAsync(review, "scratch", "between", "dent");
    }

    [Test]
    public async Task CommitAsync_WhenTheTrainingSheetIsFrozenInBetween_PutsThePairBack()
    {
        var approved = (await Reviews.CommitAsync(Id, Type, [Edit(await PairAsync(), "scratch")], None)).Sheet!;
        var before = await PairAsync();

        var commit = await Over(number => number == Claim ? Sheets.MoveAsync(approved.MarkTrained().Value, approved, None) : Task.CompletedTask)
            .CommitAsync(Id, Type, [new PairReview(before, before.Flag("odd", "dr.lee", Times.Start).Value, Label: null)], None);

        var (pair, sheet) = (await PairAsync(), (await Sheets.FindAsync(Id, None))!);
        Assert.That((commit.Stored.Count, commit.Sheet!.Status), Is.EqualTo((0, TrainingSheetStatus.Trained)));
        Assert.That(Plain.Text(QAPair.Restore(pair.State with { Revision = 1 })), Is.EqualTo(Plain.Text(before)));
        Assert.That(pair.Revision, Is.EqualTo(3), "a revision names one state");
        Assert.That((sheet.Status, sheet.Tally), Is.EqualTo((TrainingSheetStatus.Trained, new PairTally(1, 0, 0, 0))));
    }

    private static PairReview Edit(QAPair pair, string answer) => new(
        pair, pair.Edit(answer, pair.LabelKey(Type).ToId(), "dr.lee", Times.Start.AddMinutes(pair.Revision)).Value, LabelData.OfAnswer(answer, structured: false).Value);

    private SqlPairReviewRepository Over(Func<int, Task> after) => new(new WatchedSession(_workspace.Get<ISqlSession>(), after), new LabelWrites());

    private async Task<QAPair> PairAsync() => (await _workspace.Get<IQAPairRepository>().FindAsync(PairBuilder.FromModel().Id, None))!;

    private async Task AssertDecidedAsync(PairReview review, params string[] answers)
    {
        var sheet = (await Sheets.FindAsync(Id, None))!;
        var versions = await Labels.ListVersionsAsync(LabelBuilder.Label().Id, None);
        Assert.That((await PairAsync()).State.Conversation, Is.EqualTo(review.After.State.Conversation));
        Assert.That(versions.Select(label => (label.Version, label.Data.Answer)), Is.EqualTo(answers.Select((answer, i) => (answers.Length - i, answer))));
        Assert.That((sheet.Status, sheet.Tally), Is.EqualTo((TrainingSheetStatus.Approved, new PairTally(1, 0, 0, 0))));
    }
}
