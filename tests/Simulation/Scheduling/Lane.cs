namespace Mirion.Generation.Simulation.Tests.Scheduling;

/// <summary>
/// What belongs to one simulated process: the continuations of its tasks, its timers, its clocks. A process that is killed loses all of it at once; one that is
/// frozen loses nothing, and goes on later without knowing.
/// </summary>
internal sealed class Lane(Scheduler scheduler, string name) : SynchronizationContext
{
    private readonly List<Work> _held = [];
    private bool _frozen;

    /// <summary>For the history of a run.</summary>
    public string Name => name;

    /// <summary>Whether the process was killed.</summary>
    public bool IsDead { get; private set; }

    /// <summary>How far the process's wall clock is from the true time.</summary>
    public TimeSpan ClockError { get; set; }

    /// <summary>The process's clocks and timers.</summary>
    public TimeProvider Clock => field ??= new LaneClock(scheduler, this);

    public override void Post(SendOrPostCallback d, object? state) => scheduler.Add(new Work(this, this, d, state));

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing waits for another in a simulation.");

    /// <summary>Loses everything the process had begun.</summary>
    public void Kill() => IsDead = true;

    /// <summary>Stops the process where it is.</summary>
    public void Freeze() => _frozen = true;

    /// <summary>Lets it go on.</summary>
    public void Thaw()
    {
        _frozen = false;
        foreach (var work in _held) scheduler.Add(work);
        _held.Clear();
    }

    /// <summary>Whether <paramref name="work"/> may be done now; what a frozen process has to do is kept for later.</summary>
    public bool Takes(Work work)
    {
        if (IsDead) return false;
        if (_frozen) _held.Add(work);
        return !_frozen;
    }
}

/// <summary>A piece of work that is ready.</summary>
/// <param name="Lane">Whose it is.</param>
/// <param name="Context">What the code that runs sees as its context; null for timers, as on a pool thread.</param>
/// <param name="Callback">What to do.</param>
/// <param name="State">With what.</param>
internal readonly record struct Work(Lane Lane, SynchronizationContext? Context, SendOrPostCallback Callback, object? State);
