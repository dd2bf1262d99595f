using System.Diagnostics;

namespace Mirion.Generation.Simulation.Tests.Scheduling;

/// <summary>
/// Runs tasks on one thread, in an order that is drawn, and in a time that passes only when nothing else is left to do. Work that would go to the thread pool
/// cannot be ordered; it is noticed when it comes back, and fails the run.
/// </summary>
internal sealed class Scheduler(Chance chance, History history)
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly List<Work> _ready = [];
    private readonly PriorityQueue<Work, (long Due, long Order)> _later = new();
    private long _order;
    private string? _failure;

    /// <summary>The true time, in ticks since the run began.</summary>
    public long Now { get; private set; }

    /// <summary>Pieces of work done.</summary>
    public long Steps { get; private set; }

    /// <summary>What happened.</summary>
    public History History => history;

    /// <summary>Adds work that can be done at once.</summary>
    public void Add(Work work)
    {
        if (Environment.CurrentManagedThreadId == _thread) _ready.Add(work);
        else Fail($"Work came back from another thread:\n{new StackTrace(fNeedFileInfo: true)}");
    }

    /// <summary>Ends the run: something is as it may never be. Not thrown where it is seen, for what looks on is called by what is looked at, which has its own way with exceptions.</summary>
    public void Fail(string what) => _failure ??= what;

    /// <summary>Adds work for later.</summary>
    public void AddAt(long due, Work work) => _later.Enqueue(work, (Math.Max(due, Now), _order++));

    /// <summary>Works until <paramref name="done"/>, and fails when that never comes.</summary>
    /// <exception cref="SimulationException">Nothing is left to do, or too much is, or <see cref="Fail"/> was called.</exception>
    public void Run(Func<bool> done, TimeSpan longest, long mostSteps)
    {
        var outer = SynchronizationContext.Current;
        try
        {
            while (!done())
            {
                if (_ready.Count == 0 && !Advance()) throw new SimulationException(Idle());
                if (Now > longest.Ticks) throw new SimulationException(Hangs($"it is not over after {longest}"));
                if (Steps > mostSteps) throw new SimulationException(Hangs($"it is not over after {mostSteps} steps"));
                DoOne();
                if (_failure is not null) throw new SimulationException(_failure);
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private string Idle()
    {
        // Work that went to the thread pool may yet come back, to be told apart from work that was lost.
        SpinWait.SpinUntil(() => _failure is not null, TimeSpan.FromMilliseconds(200));
        return _failure ?? Hangs("nothing is left that could end it");
    }

    private string Hangs(string why) => $"The run hangs at {TimeSpan.FromTicks(Now)}: {why}.";

    private void DoOne()
    {
        var drawn = chance.Below(_ready.Count);
        var work = _ready[drawn];
        _ready[drawn] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        if (!work.Lane.Takes(work)) return;
        Steps++;
        history.Step(Now, drawn);
        SynchronizationContext.SetSynchronizationContext(work.Context);
        work.Callback(work.State);
    }

    // To the next moment at which anything happens, with all that happens in it.
    private bool Advance()
    {
        if (!_later.TryPeek(out _, out var next)) return false;
        Now = next.Due;
        while (_later.TryPeek(out var work, out var at) && at.Due <= Now)
        {
            _later.Dequeue();
            _ready.Add(work);
        }

        return true;
    }
}

/// <summary>A run did what no run may.</summary>
internal sealed class SimulationException(string message) : Exception(message);
