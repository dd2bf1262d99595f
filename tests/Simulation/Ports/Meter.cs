using Mirion.Generation.Simulation.Tests.Worlds;

namespace Mirion.Generation.Simulation.Tests.Ports;

/// <summary>Counts what an endpoint has granted under one of its limits.</summary>
internal sealed class Meter(Limit limit)
{
    private readonly List<(long At, int Amount)> _used = [];
    private readonly long _window = (long)(limit.Seconds * TimeSpan.TicksPerSecond);

    /// <summary>How long to wait until an attempt is let in; nothing when it is at once.</summary>
    public TimeSpan WaitAt(long now, int inputTokens)
    {
        var grants = now < limit.ChangesAt * TimeSpan.TicksPerSecond ? limit.Amount : limit.LaterAmount;
        // What is known only afterwards is held against those who come later.
        var wants = limit.Measure switch { Measure.Requests => 1, Measure.InputTokens => Math.Min(inputTokens, grants), _ => 1 };
        var over = Used(now, grants) + wants - grants;
        if (over <= 0) return TimeSpan.Zero;
        return limit.Window switch
        {
            Window.Fixed => TimeSpan.FromTicks(_window - now % _window),
            Window.Bucket => TimeSpan.FromTicks((long)(over * _window / grants) + 1),
            _ => TimeSpan.FromTicks(Freed(now, over) - now),
        };
    }

    /// <summary>Counts an attempt that was let in.</summary>
    public void Count(long now, int inputTokens, long until, int outputTokens) => _used.Add(limit.Measure switch
    {
        Measure.Requests => (now, 1),
        Measure.InputTokens => (now, inputTokens),
        _ => (until, outputTokens),
    });

    private double Used(long now, int grants)
    {
        if (limit.Window is Window.Bucket)
        {
            // A bucket that leaks evenly: replayed from the start, for there are few attempts.
            var (level, at) = (0.0, 0L);
            foreach (var (when, amount) in _used.Where(use => use.At <= now).OrderBy(use => use.At))
            {
                level = Math.Max(0, level - (double)(when - at) / _window * grants) + amount;
                at = when;
            }

            return Math.Max(0, level - (double)(now - at) / _window * grants);
        }

        var from = limit.Window is Window.Fixed ? now - now % _window : now - _window + 1;
        var sum = 0;
        foreach (var (when, amount) in _used) sum += when >= from && when <= now ? amount : 0;
        return sum;
    }

    private long Freed(long now, double over)
    {
        foreach (var (when, amount) in _used.Where(use => use.At > now - _window && use.At <= now).OrderBy(use => use.At))
        {
            over -= amount;
            if (over <= 0) return when + _window;
        }

        return now + _window;
    }
}
