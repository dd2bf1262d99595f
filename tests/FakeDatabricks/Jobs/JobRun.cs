namespace Mirion.Generation.FakeDatabricks.Jobs;

/// <summary>A run of a job: its state, and what can be done to it from outside while it goes on.</summary>
internal sealed class JobRun(JobDefinition job, long id, int number, IReadOnlyDictionary<string, string> parameters, DateTimeOffset startedAt) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<RunEnd> _verdict = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _shownTerminating = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RunSnapshot _now = new(RunState.Pending, End: null, EndedAt: null);

    public JobDefinition Job => job;

    public long Id => id;

    /// <summary>Which run of its job it is, from 1.</summary>
    public int Number => number;

    public IReadOnlyDictionary<string, string> Parameters => parameters;

    public DateTimeOffset StartedAt => startedAt;

    public RunOutput Output { get; } = new();

    /// <summary>The runs of its tasks, which have numbers of their own.</summary>
    public IReadOnlyList<long> TaskRunIds { get; } = [.. job.TaskKeys.Select((_, index) => id + 1 + index)];

    /// <summary>Ends when somebody cancels the run, or the workspace stops.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>What a test says about the end, before the work itself does.</summary>
    public Task<RunEnd> Verdict => _verdict.Task;

    /// <summary>Completes when a caller has seen the run terminating.</summary>
    public Task ShownTerminating => _shownTerminating.Task;

    /// <summary>Completes when the run has ended.</summary>
    public Task Ended => _ended.Task;

    public bool IsActive => Peek().State is not RunState.Terminated;

    /// <summary>How it stands, without anybody seeing it.</summary>
    public RunSnapshot Peek()
    {
        lock (_lock) return _now;
    }

    /// <summary>How it stands, for a caller.</summary>
    public RunSnapshot Show()
    {
        var now = Peek();
        if (now.State is RunState.Terminating) _shownTerminating.TrySetResult();
        return now;
    }

    /// <summary>Goes on to a state, unless it is already ending.</summary>
    public void MoveTo(RunState state)
    {
        lock (_lock)
        {
            if (_now.State is not (RunState.Terminating or RunState.Terminated)) _now = _now with { State = state };
        }
    }

    /// <summary>Asks it to end; it does so in its own time.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            if (_now.State is RunState.Terminating or RunState.Terminated) return;
            _now = _now with { State = RunState.Terminating };
        }

        _stop.Cancel();
    }

    /// <summary>Settles how it ends; the work, when there is any, is ended.</summary>
    public void Decide(RunEnd end) => _verdict.TrySetResult(end);

    /// <summary>Ends it for the workspace to stop.</summary>
    public void Abandon()
    {
        Decide(RunEnd.Lost);
        _shownTerminating.TrySetResult();
        _stop.Cancel();
    }

    public void Finish(RunEnd end, DateTimeOffset at)
    {
        lock (_lock) _now = new RunSnapshot(RunState.Terminated, end, at);
        _ended.TrySetResult();
    }

    public void Dispose() => _stop.Dispose();
}

/// <summary>How a run stands at one moment.</summary>
internal sealed record RunSnapshot(RunState State, RunEnd? End, DateTimeOffset? EndedAt);
