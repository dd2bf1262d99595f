using System.Collections.Concurrent;
using Mirion.Generation.Application.Generation.Progress;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>The training sheets that this process is generating, so that none is generated twice at once, and each can be stopped.</summary>
internal sealed class RunningGenerations
{
    private readonly ConcurrentDictionary<TrainingSheetId, RunningGeneration> _running = new();

    /// <summary>Takes the training sheet until the answer is disposed; null when it is taken.</summary>
    public RunningGeneration? TryTake(TrainingSheetId id)
    {
        var run = new RunningGeneration(ended => _running.TryRemove(KeyValuePair.Create(id, ended)));
        if (_running.TryAdd(id, run)) return run;
        run.Dispose();
        return null;
    }

    /// <summary>The run of a training sheet in this process, or null.</summary>
    public RunningGeneration? Find(TrainingSheetId id) => _running.GetValueOrDefault(id);

    /// <summary>Stops the run of a training sheet; the task ends when the run has. Null when it does not run here.</summary>
    public Task? Stop(TrainingSheetId id) => _running.TryGetValue(id, out var run) ? run.StopAsync() : null;
}

/// <summary>A run in this process, from before it first looks at the training sheet until it has settled what became of it.</summary>
internal sealed class RunningGeneration(Action<RunningGeneration> end) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new();
    private bool _over;

    /// <summary>How it comes along; ends with it.</summary>
    public ProgressFeed Progress { get; } = new();

    /// <summary>Cancelled when somebody decides that the generation shall not go on.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>Stops the run; the task ends when it has ended.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            if (!_over) _stop.Cancel();
        }

        return _ended.Task;
    }

    public void Dispose()
    {
        end(this);
        Progress.End();
        lock (_gate) _over = true;
        _stop.Dispose();
        // Last, and under no lock: whoever waits for the end goes on from here.
        _ended.TrySetResult();
    }
}
