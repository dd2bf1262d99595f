using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.TrainingSheets;
using Mirion.Generation.Application.TrainingSheets.Cancel;
using Mirion.Generation.Application.TrainingSheets.Resume;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.UnitTests.TrainingSheets.Resume;

public sealed class ResumeGenerationTests
{
    [Test]
    public async Task Resume_WhenItRanHere_CompletesItHere()
    {
        await using var bench = await FailingAfterTwoAsync();
        var failed = (await bench.GenerateAsync()).Value;
        bench.Model.Answers(_ => "fine");

        var resumed = (await bench.SendAsync(new ResumeGenerationCommand(failed.Id))).Value;

        Assert.That((resumed.Status, resumed.Tally, resumed.State.StatusReason), Is.EqualTo((TrainingSheetStatus.Review, new PairTally(1, 5, 0, 0), (StatusReason?)null)));
        Assert.That(bench.Launcher.Launched, Is.Empty);
        Assert.That(await bench.StoredAsync(failed.Id), Is.EqualTo(resumed));
    }

    [Test]
    public async Task Resume_WhenItemsFailedInReview_TriesExactlyThoseAgain()
    {
        await using var bench = new Workbench().WithItems(4);
        bench.Model.Fails("length", prompt => prompt.Question.Text.EndsWith('2'));
        var reviewed = (await bench.GenerateAsync()).Value;
        bench.Model.Answers(_ => "now it works");

        var resumed = (await bench.SendAsync(new ResumeGenerationCommand(reviewed.Id))).Value;

        Assert.That(resumed.Tally, Is.EqualTo(new PairTally(0, 4, 0, 0)));
        Assert.That(bench.Model.Calls, Is.EqualTo(5));
    }

    [Test]
    public async Task Resume_WhenAJobHadIt_LaunchesARunThatGoesOnFromTheOneThatEnded()
    {
        await using var bench = new Workbench();
        var failed = await FailedJobAsync(bench);

        var resumed = (await bench.SendAsync(new ResumeGenerationCommand(failed.Id))).Value;

        var (old, next) = ($"run-of-{failed.Id}", $"after-run-of-{failed.Id}");
        Assert.That(bench.Launcher.Afters, Is.EqualTo(new[] { null, old }));
        Assert.That((resumed.Status, resumed.State.JobRunId), Is.EqualTo((TrainingSheetStatus.Generating, next)));
        Assert.That(await bench.StoredAsync(failed.Id), Is.EqualTo(resumed));
        Assert.That(bench.Model.Calls, Is.Zero);
    }

    [Test]
    public async Task Resume_WhenTheJobCannotBeLaunched_LeavesItAsItWas()
    {
        await using var bench = new Workbench();
        var failed = await FailedJobAsync(bench);
        bench.Launcher.Failure = new UpstreamException("databricks_failed", "The job does not exist.");

        await Assert.ThatAsync(() => bench.SendAsync(new ResumeGenerationCommand(failed.Id)), Throws.TypeOf<UpstreamException>());

        var stored = await bench.StoredAsync(failed.Id);
        Assert.That(stored.State with { Lease = failed.Lease }, Is.EqualTo(failed.State));
        Assert.That(stored.Lease, Is.EqualTo(new RunLease(1)), "a run that lost it does not get it back");
    }

    [Test]
    public async Task Resume_WhileAReaderLooks_IsNotFailedByTheRunThatEnded()
    {
        await using var bench = new Workbench();
        var failed = await FailedJobAsync(bench);
        bench.Launcher.Run = new JobRun(JobRunState.Failed);
        TrainingSheet? seen = null;
        bench.Launcher.Meanwhile = async () => seen = (await bench.SendAsync(new GetTrainingSheetQuery(failed.Id))).Value;

        await bench.SendAsync(new ResumeGenerationCommand(failed.Id));

        Assert.That((seen!.Status, seen.State.JobRunId), Is.EqualTo((TrainingSheetStatus.Generating, (string?)null)));
    }

    [Test]
    public async Task Resume_WhenTwoAskAtOnce_StartsOneRun()
    {
        await using var bench = new Workbench();
        var failed = await FailedJobAsync(bench);
        bench.Launcher.Meanwhile = async () =>
        {
            bench.Launcher.Meanwhile = () => Task.CompletedTask;
            Assert.That((await bench.SendAsync(new ResumeGenerationCommand(failed.Id))).Error?.Code, Is.EqualTo("already_running"));
        };

        var both = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => bench.SendAsync(new ResumeGenerationCommand(failed.Id)))));

        Assert.That(both, Has.Exactly(1).Matches<Result<TrainingSheet>>(answer => answer!.IsSuccess));
        Assert.That(bench.Launcher.Launched, Has.Count.EqualTo(2), "the first run, and one more");
    }

    [Test]
    public async Task Resume_WhenThereIsNothingToResume_IsRefused()
    {
        await using var bench = new Workbench().WithItems(2);
        var done = (await bench.GenerateAsync()).Value;
        var generating = (await bench.GenerateAsync(new GenerationConfig { Execution = ExecutionMode.Job })).Value;

        Assert.That((await bench.SendAsync(new ResumeGenerationCommand(done.Id))).Error?.Code, Is.EqualTo("illegal_transition"));
        Assert.That((await bench.SendAsync(new ResumeGenerationCommand(generating.Id))).Error?.Code, Is.EqualTo("already_running"));
        Assert.That((await bench.SendAsync(new ResumeGenerationCommand(new TrainingSheetId("nobody")))).Error?.Code, Is.EqualTo("training_sheet_not_found"));
        Assert.That(bench.Launcher.Launched, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Run_WhenAPersonCompletesWhatADeadJobLeft_IsNotFailedByTheJobsEnd()
    {
        await using var bench = new Workbench();
        var launched = await bench.LaunchAsync();
        bench.Launcher.Run = new JobRun(JobRunState.Failed, "RUN_EXECUTION_ERROR");
        var gate = new TaskCompletionSource();
        bench.Model.WaitsFor(gate.Task);

        var running = bench.RunAsync(launched.Id);
        while (bench.Model.Calls < 5) await Task.Yield();
        var seen = (await bench.SendAsync(new GetTrainingSheetQuery(launched.Id))).Value;
        gate.SetResult();

        Assert.That(seen.Status, Is.EqualTo(TrainingSheetStatus.Generating));
        Assert.That((await running).Value.Status, Is.EqualTo(TrainingSheetStatus.Review));
    }

    private static async Task<Workbench> FailingAfterTwoAsync()
    {
        var bench = await new Workbench(maxConcurrency: 1).WithItems(6).WithLabelsAsync([0]);
        bench.Model.Throws(() => new UpstreamException("foundation_model_failed", "It refused."), prompt => prompt.Question.Text.EndsWith('3'));
        return bench;
    }

    private static async Task<TrainingSheet> FailedJobAsync(Workbench bench)
    {
        var launched = await bench.LaunchAsync();
        return (await bench.SendAsync(new CancelGenerationCommand(launched.Id))).Value;
    }
}
