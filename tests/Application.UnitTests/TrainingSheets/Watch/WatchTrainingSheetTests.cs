using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.TrainingSheets.Watch;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Application.UnitTests.TrainingSheets.Watch;

public sealed class WatchTrainingSheetTests
{
    [Test]
    public async Task Watch_WhenThereIsNone_IsRefused()
    {
        await using var bench = new Workbench();

        var watched = await bench.SendAsync(new WatchTrainingSheetQuery(new TrainingSheetId("nobody")));

        Assert.That(watched.Error?.Code, Is.EqualTo("training_sheet_not_found"));
    }

    [Test]
    public async Task Watch_WhenTheGenerationIsOver_TellsItsEndOnce()
    {
        await using var bench = new Workbench().WithItems(3);
        var sheet = (await bench.GenerateAsync()).Value;

        var end = await new Watcher(bench, sheet.Id).AllAsync();
        var again = await bench.SendAsync(new WatchTrainingSheetQuery(sheet.Id, end.Single().Id));
        var other = await new Watcher(bench, sheet.Id, lastSeen: "progress-1.1.1").AllAsync();

        Assert.That((end.Single().Kind, end.Single().Status, end.Single().Progress.Tally.Total), Is.EqualTo((WatchEventKind.Completed, TrainingSheetStatus.Review, 3)));
        Assert.That(again.Value.Events, Is.Null, "the caller has seen the end");
        Assert.That(other.Single(), Is.EqualTo(end.Single()), "an end is told to whoever has not seen it");
    }

    [Test]
    public async Task Watch_WhenPairsAreDecidedAfterTheEnd_IsStillTheSameEnd()
    {
        var generated = TrainingSheetBuilder.Generating().Having(PairBuilder.FromModel()).Completed();
        var decided = generated.Settle(new PairTally(1, 0, 0, 0)).Value;

        Assert.That(WatchEvent.Of(decided).Id, Is.EqualTo(WatchEvent.Of(generated).Id));
    }

    [Test]
    public async Task Watch_WhenItRunsHere_TellsEveryStageAndThenTheEnd()
    {
        await using var bench = new Workbench(maxConcurrency: 4, options: generation => generation.FlushSeconds = 0.5).WithItems(6);
        var gate = new TaskCompletionSource();
        bench.Model.WaitsFor(gate.Task);
        var generating = bench.GenerateAsync();
        while (bench.Model.Calls < 4) await Task.Yield();
        var id = (await bench.Store.ListGeneratingAsync(CancellationToken.None)).Single();
        var watcher = new Watcher(bench, id);
        await watcher.UntilAsync(seen => seen.Progress.InFlight == 4, TimeSpan.FromSeconds(1));

        gate.SetResult();
        await watcher.UntilAsync(seen => seen.IsLast, TimeSpan.FromSeconds(1));

        var all = await watcher.AllAsync();
        Assert.That((await generating).IsSuccess);
        Assert.That(all.Select(seen => seen.Progress.Tally.Total), Is.Ordered.Ascending.And.Some.EqualTo(0));
        Assert.That(all.Where(seen => seen.Progress.InFlight is not null), Has.All.Matches<WatchEvent>(seen => seen!.Progress.Limit is > 0 and <= 4));
        Assert.That((all[^1].Kind, all.Count(seen => seen.IsLast)), Is.EqualTo((WatchEventKind.Completed, 1)));
    }

    [Test]
    public async Task Watch_WhenItRunsElsewhere_ReadsTheStoreOnceForAllWhoWatch()
    {
        await using var bench = new Workbench();
        var reads = CountedReads.Of(bench);
        var sheet = await bench.LaunchAsync();
        var watchers = Enumerable.Range(0, 20).Select(_ => new Watcher(bench, sheet.Id)).ToArray();
        foreach (var watcher in watchers) await watcher.UntilAsync(_ => true);
        var before = reads.Count;

        await CommitAsync(bench, sheet, 1);
        foreach (var watcher in watchers) await watcher.UntilAsync(seen => seen.Progress.Tally.Total == 1, TimeSpan.FromSeconds(1));
        await bench.Store.SaveAsync((await bench.StoredAsync(sheet.Id)).Fail(new StatusReason("gone", "It is gone.")).Value, CancellationToken.None);
        foreach (var watcher in watchers) await watcher.UntilAsync(seen => seen.IsLast, TimeSpan.FromSeconds(1));

        var all = await Task.WhenAll(watchers.Select(watcher => watcher.AllAsync()));
        Assert.That(all.Select(events => string.Join(' ', events.Select(seen => $"{seen.Kind} {seen.Progress.Tally.Total}"))), Has.All.EqualTo("Progress 0 Progress 1 Failed 1"));
        Assert.That(all[0][^1].Reason?.Code, Is.EqualTo("gone"));
        Assert.That(reads.Count - before, Is.LessThan(20), "not one reading a watcher");
    }

    [Test]
    public async Task Watch_WhenItRunsElsewhere_TellsRateAndTimeLeftFromSuccessiveReadings()
    {
        await using var bench = new Workbench();
        var sheet = await bench.LaunchAsync();
        var watcher = new Watcher(bench, sheet.Id);
        await watcher.UntilAsync(_ => true);

        await CommitAsync(bench, sheet, 2);
        var seen = await watcher.UntilAsync(seen => seen.Progress.Tally.Total == 2, TimeSpan.FromSeconds(1));

        Assert.That(seen.Progress.PerSecond, Is.GreaterThan(0).And.LessThanOrEqualTo(2));
        Assert.That(seen.Progress.Remaining, Is.EqualTo(TimeSpan.FromSeconds(3 / seen.Progress.PerSecond!.Value)));
        Assert.That((seen.Progress.InFlight, seen.Progress.Limit), Is.EqualTo(((int?)null, (int?)null)));
    }

    [Test]
    public async Task Watch_WhenTheJobDied_TellsThatItFailed()
    {
        await using var bench = new Workbench();
        var sheet = await bench.LaunchAsync();
        var watcher = new Watcher(bench, sheet.Id);
        await watcher.UntilAsync(_ => true);

        bench.Launcher.Run = new JobRun(JobRunState.Failed, "RUN_EXECUTION_ERROR");
        var end = await watcher.UntilAsync(seen => seen.IsLast, TimeSpan.FromSeconds(1));

        Assert.That((end.Kind, end.Reason?.Code), Is.EqualTo((WatchEventKind.Failed, "job_failed")));
    }

    [Test]
    public async Task Watch_WhenConnectedAgain_NeitherRepeatsNorMisses()
    {
        await using var bench = new Workbench();
        var sheet = await bench.LaunchAsync();
        await CommitAsync(bench, sheet, 1);
        var first = new Watcher(bench, sheet.Id);
        var last = await first.UntilAsync(seen => seen.Progress.Tally.Total == 1);
        await first.LeaveAsync();

        var second = new Watcher(bench, sheet.Id, last.Id);
        await second.PassAsync(TimeSpan.FromSeconds(12));
        Assert.That(second.Seen, Is.Empty, "nothing has happened");
        await CommitAsync(bench, await bench.StoredAsync(sheet.Id), 2);
        await second.UntilAsync(seen => seen.Progress.Tally.Total == 3, TimeSpan.FromSeconds(1));

        var third = new Watcher(bench, sheet.Id, last.Id);
        Assert.That((await third.UntilAsync(_ => true)).Progress.Tally.Total, Is.EqualTo(3), "what happened between two connections is told at once");
    }

    [Test]
    public async Task Watch_WhenNobodyWatchesAnyMore_StopsReading()
    {
        await using var bench = new Workbench();
        var reads = CountedReads.Of(bench);
        var sheet = await bench.LaunchAsync();
        var watchers = new[] { new Watcher(bench, sheet.Id), new Watcher(bench, sheet.Id) };
        foreach (var watcher in watchers) await watcher.UntilAsync(_ => true);
        await watchers[0].LeaveAsync();
        var whileOneStays = reads.Count;
        await watchers[1].PassAsync(TimeSpan.FromSeconds(20));
        Assert.That(reads.Count, Is.GreaterThan(whileOneStays));

        await watchers[1].LeaveAsync();
        await watchers[1].PassAsync(TimeSpan.FromSeconds(5));
        var after = reads.Count;
        await watchers[1].PassAsync(TimeSpan.FromSeconds(60));

        Assert.That(reads.Count, Is.EqualTo(after));
    }

    [Test]
    public async Task Watch_WhenTheStoreDoesNotAnswerForAWhile_GoesOnAfterwards()
    {
        await using var bench = new Workbench();
        var reads = CountedReads.Of(bench);
        var sheet = await bench.LaunchAsync();
        var watcher = new Watcher(bench, sheet.Id);
        await watcher.UntilAsync(_ => true);
        await watcher.PassAsync(TimeSpan.FromSeconds(2));

        reads.Trouble = new UpstreamException("warehouse_unavailable", "It is away.", UpstreamFault.Unavailable);
        await watcher.PassAsync(TimeSpan.FromSeconds(20));
        reads.Trouble = null;
        await CommitAsync(bench, sheet, 1);

        await watcher.UntilAsync(seen => seen.Progress.Tally.Total == 1, TimeSpan.FromSeconds(1));
        Assert.That(bench.Log.Lines, Has.Some.Contains("warehouse_unavailable"));
    }

    private static async Task CommitAsync(Workbench bench, TrainingSheet sheet, int pairs)
    {
        var batch = Enumerable.Range((int)sheet.Tally.Total, pairs).Select(i => PairBuilder.FromModel(Workbench.Item(i), trainingSheet: sheet.Id.Value)).ToArray();
        var next = sheet.Record(PairTally.Of(batch.Select(pair => pair.Status)), PairTally.Empty, new GenerationStatistics { ModelCalls = pairs, DurationMs = 10 }).Value;
        Assert.That(await bench.Store.CommitBatchAsync(next, batch, CancellationToken.None));
    }
}
