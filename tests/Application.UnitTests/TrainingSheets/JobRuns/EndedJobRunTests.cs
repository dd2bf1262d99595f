using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.TrainingSheets;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Application.UnitTests.TrainingSheets.JobRuns;

public sealed class EndedJobRunTests
{
    private static readonly Uri Page = new("https://example.cloud.databricks.com/jobs/7/runs/42");

    private static CancellationToken None => CancellationToken.None;

    private static IEnumerable<TestCaseData> Ends()
    {
        yield return new TestCaseData(
            new JobRun(JobRunState.Failed, "RUN_EXECUTION_ERROR", Page), "job_failed", " failed before every item had its pair (RUN_EXECUTION_ERROR); see https://example.cloud.databricks.com/jobs/7/runs/42. ");
        yield return new TestCaseData(new JobRun(JobRunState.Cancelled, "USER_CANCELED", Page), "job_cancelled", " was cancelled before every item had its pair (USER_CANCELED); see https://");
        yield return new TestCaseData(new JobRun(JobRunState.Succeeded, null, Page), "job_failed", " ended before every item had its pair; see https://");
        yield return new TestCaseData(null, "job_lost", "no longer knows the job's run");
    }

    [TestCaseSource(nameof(Ends))]
    public async Task Get_WhenTheRunIsOver_FailsTheSheetWithTheReasonAndThePairsThereAre(JobRun? end, string code, string message)
    {
        await using var bench = new Workbench();
        var launched = await bench.LaunchAsync();
        await bench.Store.CommitBatchAsync(launched, [PairBuilder.FromModel("item-000", trainingSheet: launched.Id.Value)], None);
        bench.Launcher.Run = end;

        var read = (await bench.SendAsync(new GetTrainingSheetQuery(launched.Id))).Value;

        Assert.Multiple(() =>
        {
            Assert.That((read.Status, read.State.StatusReason?.Code), Is.EqualTo((TrainingSheetStatus.Failed, code)));
            Assert.That(read.State.StatusReason!.Message, Does.Contain(message).And.Contain($"run-of-{launched.Id}"));
            Assert.That(read.Tally, Is.EqualTo(new PairTally(0, 1, 0, 0)));
        });
        Assert.That(await bench.StoredAsync(launched.Id), Is.EqualTo(read));
    }

    [Test]
    public async Task Get_WhenTheRunIsActive_AnswersWhatIsStored()
    {
        await using var bench = new Workbench();
        var launched = await bench.LaunchAsync();

        Assert.That((await bench.SendAsync(new GetTrainingSheetQuery(launched.Id))).Value, Is.EqualTo(launched));
        Assert.That(bench.Launcher.Asked, Is.EqualTo(new[] { $"run-of-{launched.Id}" }));
    }

    [Test]
    public async Task Get_WhenTheRunSettledItsSheetJustBeforeItEnded_LeavesThat()
    {
        await using var bench = new Workbench();
        var launched = await bench.LaunchAsync();
        bench.Launcher.Run = new JobRun(JobRunState.Succeeded);
        bench.Launcher.Meanwhile = () => bench.Store.SaveAsync(launched.Having(PairBuilder.FromModel(trainingSheet: launched.Id.Value)).Completed(), None);

        var read = (await bench.SendAsync(new GetTrainingSheetQuery(launched.Id))).Value;

        Assert.That(read.Status, Is.EqualTo(TrainingSheetStatus.Review));
        Assert.That(await bench.StoredAsync(launched.Id), Is.EqualTo(read));
    }

    [Test]
    public async Task Get_WhenAnotherRunIsNotedMeanwhile_LeavesItToThat()
    {
        await using var bench = new Workbench();
        var launched = await bench.LaunchAsync();
        bench.Launcher.Run = new JobRun(JobRunState.Failed);
        bench.Launcher.Meanwhile = () => bench.Store.NoteJobRunAsync(launched.Id, "the next", None);

        Assert.That((await bench.SendAsync(new GetTrainingSheetQuery(launched.Id))).Value.State.JobRunId, Is.EqualTo("the next"));
        Assert.That((await bench.StoredAsync(launched.Id)).Status, Is.EqualTo(TrainingSheetStatus.Generating));
    }

    [Test]
    public async Task Get_WhenTheWorkspaceDoesNotSay_AnswersWhatIsStoredAndWarnsOnce()
    {
        await using var bench = new Workbench();
        var launched = await bench.LaunchAsync();
        bench.Launcher.Failure = new UpstreamException("databricks_failed", "It does not answer.");

        Assert.That((await bench.SendAsync(new GetTrainingSheetQuery(launched.Id))).Value, Is.EqualTo(launched));
        Assert.That(bench.Log.Lines, Has.Count.EqualTo(1).And.All.StartsWith("Warning: The workspace does not say").And.All.Contains("databricks_failed"));
    }

    [Test]
    public async Task Get_WhenNoJobHasIt_AsksForNoRun()
    {
        await using var bench = new Workbench().WithItems(1);
        await bench.Store.AddAsync(TrainingSheetBuilder.Generating("here"), None);
        await bench.Store.AddAsync(TrainingSheetBuilder.Generating("launching", mode: ExecutionMode.Job), None);

        await bench.SendAsync(new GetTrainingSheetQuery(new TrainingSheetId("here")));
        await bench.SendAsync(new GetTrainingSheetQuery(new TrainingSheetId("launching")));

        Assert.That(bench.Launcher.Asked, Is.Empty);
    }

    [Test]
    public async Task List_WhenRunsAreOver_FailsTheirSheetsAndKeepsTheOrder()
    {
        await using var bench = new Workbench();
        await AddAsync(bench, 12);
        bench.Launcher.Run = new JobRun(JobRunState.Failed);

        var listed = (await bench.SendAsync(new ListTrainingSheetsQuery())).Value.Items;

        Assert.That(listed.Select(sheet => sheet.Id.Value), Is.EqualTo(Enumerable.Range(0, 13).Select(i => $"s{i:d2}")));
        Assert.That(listed.Take(12).Select(sheet => sheet.State.StatusReason?.Code), Is.All.EqualTo("job_failed"));
        Assert.That(listed[12].Status, Is.EqualTo(TrainingSheetStatus.Review), "it was done before");
        Assert.That(bench.Launcher.Asked, Has.Count.EqualTo(12));
    }

    [Test]
    public async Task List_WhenTheWorkspaceDoesNotSay_AnswersWhatIsStoredAndWarnsOnce()
    {
        await using var bench = new Workbench();
        await AddAsync(bench, 30);
        bench.Launcher.Failure = new UpstreamException("databricks_failed", "It does not answer.");

        var listed = (await bench.SendAsync(new ListTrainingSheetsQuery())).Value.Items;

        Assert.That(listed.Take(30).Select(sheet => sheet.Status), Is.All.EqualTo(TrainingSheetStatus.Generating));
        Assert.That(bench.Log.Lines, Has.Count.EqualTo(1));
        Assert.That(bench.Launcher.Asked, Has.Count.LessThan(30), "nobody goes on asking one that does not answer");
    }

    private static async Task AddAsync(Workbench bench, int atJobs)
    {
        for (var i = 0; i < atJobs; i++) await bench.Store.AddAsync(TrainingSheetBuilder.Generating($"s{i:d2}", mode: ExecutionMode.Job).LaunchedAs($"run-{i}").Value, None);
        await bench.Store.AddAsync(TrainingSheetBuilder.Generating($"s{atJobs:d2}", mode: ExecutionMode.Job).LaunchedAs("done").Value.Having(PairBuilder.FromModel()).Completed(), None);
    }
}
