using Mirion.Generation.Application.Generation.Calls.Gate;
using Mirion.Generation.Application.Generation.Telemetry;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Generation.Progress;

/// <summary>Tells how a run comes along: at every commit, and every second in between, from what is at hand. The store is not asked.</summary>
internal sealed class RunProgress : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly RunQueues _queues;
    private readonly EndpointGate _endpoint;
    private readonly IProgress<GenerationProgress>? _watcher;
    private readonly Pace _pace;
    private readonly ITimer _timer;
    private TrainingSheet _stored;

    /// <summary>Begins to tell.</summary>
    /// <param name="sheet">The training sheet as it is stored.</param>
    /// <param name="queues">What waits in it.</param>
    /// <param name="endpoint">The gate before the model's endpoint.</param>
    /// <param name="watcher">Who is told.</param>
    /// <param name="clock">The time.</param>
    public RunProgress(TrainingSheet sheet, RunQueues queues, EndpointGate endpoint, IProgress<GenerationProgress>? watcher, TimeProvider clock)
    {
        (_stored, _queues, _endpoint, _watcher, _pace) = (sheet, queues, endpoint, watcher, new Pace(clock));
        _pace.Take(sheet.Tally.Total);
        _timer = clock.CreateTimer(_ => Tell(), null, Pause, Pause);
    }

    /// <summary>Tells of a commit.</summary>
    public void Committed(TrainingSheet sheet)
    {
        lock (_gate)
        {
            _stored = sheet;
            _pace.Take(sheet.Tally.Total);
        }

        Tell();
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Tell()
    {
        if (_watcher is null) return;
        // Told in turn, so that nobody hears of an earlier commit after a later one.
        lock (_gate)
        {
            var stored = GenerationProgress.Of(_stored);
            _watcher.Report(stored with
            {
                Waiting = _queues.Finished(),
                InFlight = _endpoint.InFlight,
                Limit = (int)Math.Ceiling(_endpoint.Limit),
                PerSecond = _pace.PerSecond(),
                Remaining = _pace.Remaining(stored.TotalItems - stored.Tally.Total),
            });
        }
    }
}
