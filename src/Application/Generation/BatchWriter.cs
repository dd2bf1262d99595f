using System.Threading.Channels;
using Mirion.Generation.Application.Generation.Progress;
using Mirion.Generation.Application.Generation.Telemetry;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>The last stage of a run: stores pairs in batches, each one commit with the counts it changes.</summary>
internal sealed class BatchWriter(
    ITrainingSheetRepository sheets, TrainingSheet sheet, HeldLease lease, GenerationOptions options, GenerationMetrics metrics, TimeProvider clock)
{
    private readonly List<FinishedPair> _batch = new(options.BatchSize);
    private long _since = clock.GetTimestamp();

    /// <summary>The training sheet as of the last commit.</summary>
    public TrainingSheet Sheet { get; private set; } = sheet;

    /// <summary>How many pairs wait in the batch that is being filled or stored; told to others while that goes on, so it may be a moment old.</summary>
    public int InBatch => _batch.Count;

    /// <summary>
    /// Stores pairs until there are no more. Not stopped with the run: what is done is kept, so it goes on until the channel is complete, or until commits are given up.
    /// </summary>
    public async Task WriteAsync(ChannelReader<FinishedPair> finished, RunProgress progress, CancellationToken giveUp)
    {
        while (await finished.WaitToReadAsync(CancellationToken.None))
        {
            await FillAsync(finished);
            await CommitAsync(progress, giveUp);
        }
    }

    // Waits for a full batch, but no longer than the flush interval from the first pair on.
    private async Task FillAsync(ChannelReader<FinishedPair> finished)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.FlushSeconds), clock);
        try
        {
            do
            {
                while (_batch.Count < options.BatchSize && finished.TryRead(out var pair)) _batch.Add(pair);
            }
            while (_batch.Count < options.BatchSize && await finished.WaitToReadAsync(timeout.Token));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            // Time to show what there is.
        }
    }

    private async Task CommitAsync(RunProgress progress, CancellationToken giveUp)
    {
        if (_batch.Count == 0) return;
        using var span = GenerationTelemetry.StartBatch(_batch.Count);
        var work = _batch.Aggregate(new GenerationStatistics { DurationMs = Elapsed() }, (sum, pair) => sum + pair.Work);
        var replaced = _batch.Count(pair => pair.Replaces);
        var next = Sheet.Record(
            PairTally.Of(_batch.Select(pair => pair.Pair.Status)),
            new PairTally(0, 0, 0, replaced),
            work with { FailedItems = work.FailedItems - replaced }).Value.Seen(clock.GetUtcNow()).Value;
        var started = clock.GetTimestamp();
        if (!await sheets.CommitBatchAsync(next, [.. _batch.Select(pair => pair.Pair)], giveUp)) throw new DecidedElsewhereException();
        lease.Renewed();
        metrics.Stored(_batch.Count, work, clock.GetElapsedTime(started));
        foreach (var pair in _batch) pair.Kept?.Stored();
        Sheet = next;
        _batch.Clear();
        progress.Committed(next);
    }

    private long Elapsed()
    {
        var now = clock.GetTimestamp();
        var elapsed = (long)clock.GetElapsedTime(_since, now).TotalMilliseconds;
        _since = now;
        return elapsed;
    }
}
