namespace Mirion.Generation.Application.UnitTests.Generation.Calls.Gate;

/// <summary>What becomes of a call.</summary>
/// <param name="At">When.</param>
/// <param name="Answered">Whether it is answered; it is sent away otherwise.</param>
/// <param name="RetryAfter">For how many seconds to stay away.</param>
internal readonly record struct Verdict(double At, bool Answered, double? RetryAfter = null);

/// <summary>An endpoint of an <see cref="EndpointWorld"/>.</summary>
internal sealed class VirtualEndpoint(EndpointWorld world, Random random)
{
    private const double RefusalSeconds = 0.002;

    private readonly Queue<double> _window = new();
    private readonly PriorityQueue<double, double> _free = new(Enumerable.Repeat((0.0, 0.0), world.Capacity ?? 0));
    private double _perSecond = world.PerSecond;
    private double _tokens = world.Burst ?? world.PerSecond;
    private double _filledAt;
    private long _turn = -1;
    private int _inTurn;

    public int InFlight { get; private set; }

    public Verdict Send(double now)
    {
        if (world.Change is { } change && now >= change.At) _perSecond = change.PerSecond;
        if (InFlight >= world.MostAtOnce) return SentAway(now, 0.5);
        if (random.NextDouble() < world.Chance) return SentAway(now, null);
        if (world.ChanceOfPause > 0 && random.NextDouble() < world.ChanceOfPause) return new(now + RefusalSeconds, Answered: false, RetryAfter: 1);
        if (Wait(now) is { } wait) return SentAway(now, wait);
        InFlight++;
        var latency = world.LatencySeconds * Math.Exp(world.LatencySpread * Gaussian());
        if (world.Capacity is null) return new(now + latency, Answered: true);
        var end = Math.Max(now, _free.Dequeue()) + latency;
        _free.Enqueue(end, end);
        return new(end, Answered: true);
    }

    public void Answer() => InFlight--;

    private Verdict SentAway(double now, double? wait) => new(now + RefusalSeconds, Answered: false, (world.RetryAfter, wait) switch
    {
        (RetryAfter.WholeSeconds, { } seconds) => Math.Max(1, Math.Ceiling(seconds)),
        (RetryAfter.Exact, { } seconds) => seconds,
        _ => null,
    });

    // Null when the quota lets the call in, else the seconds until it lets one in.
    private double? Wait(double now) => world.Quota switch
    {
        Quota.FixedWindow => WaitForTurn(now),
        Quota.SlidingWindow => WaitForWindow(now),
        Quota.Bucket => WaitForBucket(now),
        _ => null,
    };

    private double? WaitForTurn(double now)
    {
        var at = now + (world.Phase * world.WindowSeconds);
        var turn = (long)(at / world.WindowSeconds);
        if (turn != _turn) (_turn, _inTurn) = (turn, 0);
        if (_inTurn >= _perSecond * world.WindowSeconds) return ((turn + 1) * world.WindowSeconds) - at;
        _inTurn++;
        return null;
    }

    private double? WaitForWindow(double now)
    {
        while (_window.TryPeek(out var oldest) && oldest <= now - world.WindowSeconds) _window.Dequeue();
        if (_window.Count >= _perSecond * world.WindowSeconds) return _window.Peek() + world.WindowSeconds - now;
        _window.Enqueue(now);
        return null;
    }

    private double? WaitForBucket(double now)
    {
        _tokens = Math.Min(world.Burst ?? _perSecond, _tokens + ((now - _filledAt) * _perSecond));
        _filledAt = now;
        if (_tokens < 1) return (1 - _tokens) / _perSecond;
        _tokens--;
        return null;
    }

    private double Gaussian() => world.LatencySpread == 0 ? 0 : Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
