using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Application.UnitTests.Generation;

/// <summary>A process that is to end: what is paid for is kept, nothing new is begun, and it ends in time whatever hangs.</summary>
public sealed class DrainTests
{
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan CommitTime = TimeSpan.FromSeconds(4);

    [Test]
    public async Task Generate_WhenTheProcessIsToEnd_BeginsNoCallAndKeepsThoseInFlight()
    {
        await using var bench = Bench();
        using var ending = new CancellationTokenSource();
        var gate = new TaskCompletionSource();
        bench.Model.WaitsFor(gate.Task);
        var generating = bench.GenerateAsync(cancellationToken: ending.Token);
        await UntilAsync(() => bench.Model.Calls == 2);

        await ending.CancelAsync();
        gate.SetResult();

        await Assert.CatchAsync<OperationCanceledException>(() => generating);
        var sheet = await StoredAsync(bench);
        Assert.That((bench.Model.Calls, sheet.Status, sheet.Tally), Is.EqualTo((2, TrainingSheetStatus.Failed, new PairTally(1, 2, 0, 0))));
        Assert.That((sheet.State.StatusReason, bench.Journal.Items.Count), Is.EqualTo((StatusReason.Cancelled, 0)));
        await bench.AssertCountsEqualPairsAsync(sheet.Id);
    }

    [Test]
    public async Task Generate_WhenCallsInFlightTakeTooLong_GivesThemUp()
    {
        await using var bench = Bench();
        using var ending = new CancellationTokenSource();
        bench.Model.WaitsFor(new TaskCompletionSource().Task);
        var generating = bench.GenerateAsync(cancellationToken: ending.Token);
        await UntilAsync(() => bench.Model.Calls == 2);

        await ending.CancelAsync();
        bench.Clock.Advance(Drain - TimeSpan.FromMilliseconds(1));
        Assert.That(generating.IsCompleted, Is.False);
        bench.Clock.Advance(TimeSpan.FromMilliseconds(1));

        await Assert.CatchAsync<OperationCanceledException>(() => generating.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.That(((await StoredAsync(bench)).Tally, bench.Model.Calls), Is.EqualTo((new PairTally(1, 0, 0, 0), 2)));
    }

    [Test]
    public async Task Generate_WhenTheLastCallEndsInTime_IsDone()
    {
        await using var bench = Bench(items: 3);
        using var ending = new CancellationTokenSource();
        var gate = new TaskCompletionSource();
        bench.Model.WaitsFor(gate.Task);
        var generating = bench.GenerateAsync(cancellationToken: ending.Token);
        await UntilAsync(() => bench.Model.Calls == 2);

        await ending.CancelAsync();
        gate.SetResult();

        Assert.That((await generating).Value.Status, Is.EqualTo(TrainingSheetStatus.Review));
    }

    [Test]
    public async Task Generate_WhenTheStoreHangs_EndsAllTheSameAndKeepsTheAnswersInTheJournal()
    {
        await using var bench = Bench();
        bench.TrainingSheetsPort = new Hanging(bench.Store);
        using var ending = new CancellationTokenSource();
        var gate = new TaskCompletionSource();
        bench.Model.WaitsFor(gate.Task);
        var generating = bench.GenerateAsync(cancellationToken: ending.Token);
        await UntilAsync(() => bench.Model.Calls == 2);

        await ending.CancelAsync();
        gate.SetResult();
        await UntilAsync(() => bench.Journal.Items.Count == 2);
        bench.Clock.Advance(Drain + CommitTime);

        await Assert.CatchAsync<OperationCanceledException>(() => generating.WaitAsync(TimeSpan.FromSeconds(60)));
        var left = await StoredAsync(bench);
        Assert.That((left.Status, bench.Journal.Items.Count), Is.EqualTo((TrainingSheetStatus.Generating, 2)));

        bench.Clock.Advance(TimeSpan.FromSeconds(120));
        await using var next = bench.Beside();
        var done = (await next.RunAsync(left.Id)).Value;
        Assert.That((done.Tally, next.Model.Calls), Is.EqualTo((new PairTally(1, 9, 0, 0), 7)));
    }

    private static Workbench Bench(int items = 10)
    {
        var bench = new Workbench(options: generation => generation.DrainSeconds = Drain.TotalSeconds, maxConcurrency: 2).WithItems(items);
        return bench.WithLabelsAsync([0]).Result;
    }

    private static async Task<TrainingSheet> StoredAsync(Workbench bench) =>
        (await bench.Store.ListAsync(new Application.Common.PageRequest(2), CancellationToken.None)).Items.Single();

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!holds())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private sealed class Hanging(InMemoryTrainingSheetRepository store) : DelegatingTrainingSheets(store)
    {
        public override async Task<bool> CommitBatchAsync(TrainingSheet sheet, IReadOnlyCollection<QAPair> pairs, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return false;
        }

        public override async Task<bool> SaveAsync(TrainingSheet sheet, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return false;
        }
    }
}
