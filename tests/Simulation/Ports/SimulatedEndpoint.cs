using Mirion.Generation.Simulation.Tests.Scheduling;
using Mirion.Generation.Simulation.Tests.Worlds;

namespace Mirion.Generation.Simulation.Tests.Ports;

/// <summary>What becomes of an attempt at the endpoint.</summary>
/// <param name="Takes">How long it takes.</param>
/// <param name="Status">429 when it is turned away; 0 when it is let in.</param>
/// <param name="RetryAfter">What it is told about coming back.</param>
/// <param name="Fault">What goes wrong with it once it is in; null when nothing does.</param>
/// <param name="IsLocked">Whether the endpoint answers nobody, and says so.</param>
internal readonly record struct Verdict(TimeSpan Takes, int Status = 0, TimeSpan? RetryAfter = null, Fault? Fault = null, bool IsLocked = false);

/// <summary>The endpoint itself, outside every process: what it has let in it works on, whether anybody still waits for it or not.</summary>
internal sealed class SimulatedEndpoint(World world, Scheduler scheduler, Chance chance)
{
    private readonly EndpointSpec _spec = world.Endpoint;
    private readonly Meter[] _meters = [.. world.Endpoint.Limits.Select(limit => new Meter(limit))];
    private readonly PriorityQueue<int, long> _working = new();

    private bool IsQuiet => scheduler.Now > world.QuietAfter * TimeSpan.TicksPerSecond;

    /// <summary>Whether it refuses everybody now.</summary>
    public bool IsLocked => _spec.Locked is { } locked && scheduler.Now >= locked.From * TimeSpan.TicksPerSecond && scheduler.Now < locked.To * TimeSpan.TicksPerSecond;

    /// <summary>An attempt arrives.</summary>
    public Verdict Arrive(int inputTokens, int outputTokens)
    {
        var now = scheduler.Now;
        while (_working.TryPeek(out _, out var until) && until <= now) _working.Dequeue();
        if (IsLocked) return new(Seconds(_spec.LatencySeconds / 4), IsLocked: true);
        if (_working.Count >= _spec.Capacity) return TurnedAway(Seconds(_spec.LatencySeconds));
        if (_meters.Select(meter => meter.WaitAt(now, inputTokens)).DefaultIfEmpty().Max() is var wait && wait > TimeSpan.Zero) return TurnedAway(wait);

        var fault = !IsQuiet && chance.Falls(_spec.FaultShare) ? _spec.Faults[chance.Below(_spec.Faults.Count)] : default(Fault?);
        var takes = fault is Fault.Timeout ? TimeSpan.FromSeconds(120) : LatencyNow();
        var until_ = now + takes.Ticks;
        if (fault is Fault.Refused) return new(takes, Fault: fault);
        _working.Enqueue(outputTokens, until_);
        foreach (var meter in _meters) meter.Count(now, inputTokens, until_, fault is null ? outputTokens : 0);
        return new(takes, Fault: fault, RetryAfter: _spec.TellsRetryAfter ? Seconds(1 + chance.Below(5)) : null);
    }

    private Verdict TurnedAway(TimeSpan wait) =>
        new(Seconds(_spec.LatencySeconds / 4), 429, _spec.TellsRetryAfter ? Seconds(Math.Ceiling(Math.Max(1, wait.TotalSeconds))) : null);

    private TimeSpan LatencyNow() => Seconds(_spec.Latency switch
    {
        Latency.Steady => _spec.LatencySeconds,
        Latency.HeavyTail => _spec.LatencySeconds * Math.Min(60, 0.5 / Math.Pow(1 - chance.Fraction(), 0.7)),
        _ => _spec.LatencySeconds * (1 + _working.Count / 8.0),
    });

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
