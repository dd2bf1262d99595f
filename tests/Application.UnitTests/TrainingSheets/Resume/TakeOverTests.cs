using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.TrainingSheets;
using Mirion.Generation.Application.TrainingSheets.Cancel;
using Mirion.Generation.Application.TrainingSheets.Resume;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Application.UnitTests.TrainingSheets.Resume;

/// <summary>What becomes of a training sheet whose run is in another process, alive or dead.</summary>
public sealed class TakeOverTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(120);

    private static CancellationToken None => CancellationToken.None;

    [Test]
    public async Task Run_WhileARunElsewhereIsAlive_IsRefusedAndSaysWhenItMayBeTakenOver()
    {
        await using var bench = new Workbench();
        var sheet = await LeftAsync(bench);
        bench.Clock.Advance(Lease - TimeSpan.FromSeconds(1));

        var run = await bench.RunAsync(sheet.Id);
        var resumed = await bench.SendAsync(new ResumeGenerationCommand(sheet.Id));

        Assert.That((run.Error?.Code, resumed.Error?.Code), Is.EqualTo(("already_running", "already_running")));
        Assert.That(run.Error!.Message, Does.Contain("2026-03-01 08:32:15Z"));
        Assert.That(await bench.StoredAsync(sheet.Id), Is.EqualTo(sheet));
        Assert.That(bench.Model.Calls, Is.Zero);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Resume_WhenTheLeaseIsOver_TakesOverAndMakesExactlyWhatIsMissing(bool byResume)
    {
        await using var bench = new Workbench();
        var sheet = await LeftAsync(bench);
        bench.Clock.Advance(Lease);

        var done = (byResume ? await bench.SendAsync(new ResumeGenerationCommand(sheet.Id)) : await bench.RunAsync(sheet.Id)).Value;

        Assert.That((done.Status, done.Tally), Is.EqualTo((TrainingSheetStatus.Review, new PairTally(0, 5, 0, 0))));
        Assert.That(bench.Model.Calls, Is.EqualTo(3), "two pairs were there");
        Assert.That(await bench.Store.CommitBatchAsync(sheet, [], None), Is.False, "the first run is shut out");
        await bench.AssertCountsEqualPairsAsync(sheet.Id);
    }

    [Test]
    public async Task Resume_WhenManyTakeOverAtOnce_LetsOne()
    {
        await using var bench = new Workbench();
        var sheet = await LeftAsync(bench);
        bench.Clock.Advance(Lease);
        // Several processes over one store.
        await using var other = bench.Beside();

        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => (i % 2 == 0 ? bench : other).RunAsync(sheet.Id))));

        Assert.That(bench.Model.Calls + other.Model.Calls, Is.EqualTo(3));
        Assert.That(all.Where(answer => answer.IsSuccess).Select(answer => answer.Value.Status), Is.EqualTo(new[] { TrainingSheetStatus.Review }));
        Assert.That((await bench.StoredAsync(sheet.Id)).Lease, Is.EqualTo(new RunLease(2)));
        await bench.AssertCountsEqualPairsAsync(sheet.Id);
    }

    [Test]
    public async Task Get_WhenTheLeaseIsOver_FailsTheSheetWithTheReason()
    {
        await using var bench = new Workbench();
        var sheet = await LeftAsync(bench);
        bench.Clock.Advance(Lease - TimeSpan.FromSeconds(1));
        Assert.That((await bench.SendAsync(new GetTrainingSheetQuery(sheet.Id))).Value, Is.EqualTo(sheet));
        bench.Clock.Advance(TimeSpan.FromSeconds(1));

        var read = (await bench.SendAsync(new GetTrainingSheetQuery(sheet.Id))).Value;

        Assert.That((read.Status, read.State.StatusReason?.Code, read.Tally), Is.EqualTo((TrainingSheetStatus.Failed, "run_lost", new PairTally(0, 2, 0, 0))));
        Assert.That((await bench.SendAsync(new ListTrainingSheetsQuery())).Value.Items, Is.EqualTo(new[] { read }));
        Assert.That(await bench.StoredAsync(sheet.Id), Is.EqualTo(read));
        Assert.That(await bench.Store.CommitBatchAsync(sheet, [], None), Is.False);
        Assert.That((await bench.SendAsync(new ResumeGenerationCommand(sheet.Id))).Value.Tally, Is.EqualTo(new PairTally(0, 5, 0, 0)));
    }

    [Test]
    public async Task Get_WhenNobodyHoldsIt_WaitsForWhoeverTakesIt()
    {
        await using var bench = new Workbench();
        var sheet = await LeftAsync(bench);
        var freed = sheet.Released().Value;
        await bench.Store.MoveAsync(freed, sheet, None);
        bench.Clock.Advance(10 * Lease);

        Assert.That((await bench.SendAsync(new GetTrainingSheetQuery(sheet.Id))).Value, Is.EqualTo(freed));
        Assert.That((await bench.RunAsync(sheet.Id)).Value.Status, Is.EqualTo(TrainingSheetStatus.Review));
    }

    [Test]
    public async Task Get_WhenAJobIsAlive_LeavesItAloneHoweverLongNothingWasHeard()
    {
        await using var bench = new Workbench();
        var launched = await bench.LaunchAsync();
        bench.Clock.Advance(10 * Lease);

        Assert.That((await bench.SendAsync(new GetTrainingSheetQuery(launched.Id))).Value, Is.EqualTo(launched));
        Assert.That((await bench.SendAsync(new ResumeGenerationCommand(launched.Id))).Error?.Code, Is.EqualTo("already_running"));
    }

    [Test]
    public async Task Get_WhileAPersonCompletesWhatAJobShouldHave_IsNotFailedByTheJobsEnd()
    {
        await using var bench = new Workbench();
        var launched = await bench.LaunchAsync();
        var taken = launched.TakenBy(Guid.NewGuid(), bench.Clock.GetUtcNow()).Value;
        await bench.Store.MoveAsync(taken, launched, None);
        bench.Launcher.Run = new JobRun(JobRunState.Failed);

        Assert.That((await bench.SendAsync(new GetTrainingSheetQuery(launched.Id))).Value, Is.EqualTo(taken));

        bench.Clock.Advance(Lease);
        Assert.That((await bench.SendAsync(new GetTrainingSheetQuery(launched.Id))).Value.State.StatusReason?.Code, Is.EqualTo("job_failed"));
    }

    // The process died between the training sheet and the launch, or the launch was never noted.
    [Test]
    public async Task Resume_WhenAJobWasNeverLaunched_LaunchesItOnceTheLeaseIsOver()
    {
        await using var bench = new Workbench().WithItems(5);
        var sheet = TrainingSheetBuilder.Generating(sheet: bench.Sheet, template: bench.Template, mode: ExecutionMode.Job).Seen(bench.Clock.GetUtcNow()).Value;
        await bench.Store.AddAsync(sheet, None);

        Assert.That((await bench.SendAsync(new ResumeGenerationCommand(sheet.Id))).Error?.Code, Is.EqualTo("already_running"));
        bench.Clock.Advance(Lease);
        var resumed = (await bench.SendAsync(new ResumeGenerationCommand(sheet.Id))).Value;

        Assert.That((resumed.Status, resumed.State.JobRunId), Is.EqualTo((TrainingSheetStatus.Generating, $"run-of-{sheet.Id}")));
        Assert.That((await bench.RunAsync(sheet.Id)).Value.Status, Is.EqualTo(TrainingSheetStatus.Review), "the job takes it at once");
    }

    [Test]
    public async Task Run_WhileNothingIsCommitted_KeepsItsLeaseAlive()
    {
        await using var bench = new Workbench().WithItems(3);
        var gate = new TaskCompletionSource();
        bench.Model.WaitsFor(gate.Task);
        var generating = bench.GenerateAsync();
        while (bench.Model.Calls < 3) await Task.Yield();
        var id = (await bench.Store.ListGeneratingAsync(None)).Single();
        var begun = await bench.StoredAsync(id);

        for (var beat = 1; beat <= 6; beat++)
        {
            bench.Clock.Advance(Lease / 3);
            await UntilAsync(async () => (await bench.StoredAsync(id)).Lease.SeenAt == begun.Lease.SeenAt + (beat * Lease / 3));
        }

        Assert.That((await bench.SendAsync(new GetTrainingSheetQuery(id))).Value.Status, Is.EqualTo(TrainingSheetStatus.Generating));
        gate.SetResult();
        Assert.That((await generating).Value.Tally, Is.EqualTo(new PairTally(0, 3, 0, 0)));
    }

    [Test]
    public async Task Run_WhenAnotherTakesItsLease_StopsItsCallsAndWritesNothingMore()
    {
        await using var bench = new Workbench().WithItems(3);
        var (asked, stopped) = (0, 0);
        bench.Model.Replies(async (_, stop) =>
        {
            Interlocked.Increment(ref asked);
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            }
            finally
            {
                Interlocked.Increment(ref stopped);
            }

            throw new InvalidOperationException("unreachable");
        });
        var generating = bench.GenerateAsync();
        await UntilAsync(() => Task.FromResult(Volatile.Read(ref asked) == 3));
        var id = (await bench.Store.ListGeneratingAsync(None)).Single();
        var mine = await bench.StoredAsync(id);
        var theirs = mine.TakenBy(Guid.NewGuid(), bench.Clock.GetUtcNow()).Value;
        await bench.Store.MoveAsync(theirs, mine, None);

        bench.Clock.Advance(Lease / 3);

        Assert.That((await generating).Value, Is.EqualTo(theirs));
        Assert.That(stopped, Is.EqualTo(3));
        Assert.That(await bench.StoredAsync(id), Is.EqualTo(theirs));
    }

    [Test]
    public async Task Run_WhenTheSourceCannotBeReached_FailsInsteadOfHoldingOn()
    {
        await using var bench = new Workbench();
        var sheet = await LeftAsync(bench);
        bench.Clock.Advance(Lease);
        bench.Source.FailCensus(new UpstreamException("warehouse_unavailable", "It does not start."));

        var failed = (await bench.RunAsync(sheet.Id)).Value;

        Assert.That((failed.Status, failed.State.StatusReason?.Code), Is.EqualTo((TrainingSheetStatus.Failed, "warehouse_unavailable")));
    }

    [TestCase(nameof(ITrainingSheetRepository.AddAsync))]
    [TestCase(nameof(ITrainingSheetRepository.MoveAsync))]
    public async Task Run_WhenTheReplyToItsTakingIsLost_GoesOnAllTheSame(string write)
    {
        await using var bench = new Workbench();
        bench.TrainingSheetsPort = ForgetfulRepository.Over(bench.Store, write);
        bench.WithItems(5);

        var done = write == nameof(ITrainingSheetRepository.AddAsync) ? await bench.GenerateAsync() : await ResumedAsync(bench);

        Assert.That(done.Value.Tally, Is.EqualTo(new PairTally(0, 5, 0, 0)));
        await bench.AssertCountsEqualPairsAsync(done.Value.Id);
    }

    [Test]
    public async Task Cancel_WhenAnotherRunHasTakenItMeanwhile_CancelsThatOne()
    {
        await using var bench = new Workbench();
        var sheet = await LeftAsync(bench);
        bench.Clock.Advance(Lease);
        var taken = sheet.TakenBy(Guid.NewGuid(), bench.Clock.GetUtcNow()).Value;
        await bench.Store.MoveAsync(taken, sheet, None);

        var cancelled = (await bench.SendAsync(new CancelGenerationCommand(sheet.Id))).Value;

        Assert.That((cancelled.State.StatusReason?.Code, cancelled.Lease), Is.EqualTo(("cancelled", new RunLease(2))));
        Assert.That(await bench.Store.CommitBatchAsync(taken, [], None), Is.False);
    }

    private static async Task<Result<TrainingSheet>> ResumedAsync(Workbench bench)
    {
        var sheet = TrainingSheetBuilder.Generating(sheet: bench.Sheet, template: bench.Template).FailedWith();
        await bench.Store.AddAsync(sheet, None);
        return await bench.SendAsync(new ResumeGenerationCommand(sheet.Id));
    }

    // A training sheet of five items whose run, in another process, has made two.
    private static async Task<TrainingSheet> LeftAsync(Workbench bench)
    {
        bench.WithItems(5);
        var begun = TrainingSheetBuilder.Generating(sheet: bench.Sheet, template: bench.Template, totalItems: 5).TakenBy(Guid.NewGuid(), bench.Clock.GetUtcNow()).Value;
        await bench.Store.AddAsync(begun, None);
        var pairs = new[] { PairBuilder.FromModel("item-000"), PairBuilder.FromModel("item-001", 1) };
        await bench.Store.CommitBatchAsync(begun.Having(pairs), pairs, None);
        return await bench.StoredAsync(begun.Id);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
