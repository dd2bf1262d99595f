namespace Mirion.Generation.Benchmarks.ModelServer;

/// <summary>Decides which calls are let in. Time counts from the first call.</summary>
internal abstract class RateLimit
{
    private readonly Lock _lock = new();
    private long? _first;

    /// <summary>Whether a call is let in; if not, how long until one would be.</summary>
    public bool Admits(TimeProvider clock, out TimeSpan wait)
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            return Admits(clock.GetElapsedTime(_first ??= now, now), out wait);
        }
    }

    public static RateLimit? Of(LimitKind kind, int rate) => kind switch
    {
        LimitKind.TokenBucket => new TokenBucket(rate),
        LimitKind.FixedWindow => new FixedWindow(rate),
        LimitKind.SlidingWindow => new SlidingWindow(rate),
        _ => null,
    };

    protected abstract bool Admits(TimeSpan now, out TimeSpan wait);

    private sealed class TokenBucket(int rate) : RateLimit
    {
        private double _tokens = rate;
        private TimeSpan _filled;

        protected override bool Admits(TimeSpan now, out TimeSpan wait)
        {
            _tokens = Math.Min(rate, _tokens + ((now - _filled).TotalSeconds * rate));
            _filled = now;
            wait = TimeSpan.FromSeconds((1 - _tokens) / rate);
            if (_tokens < 1) return false;
            _tokens--;
            return true;
        }
    }

    private sealed class FixedWindow(int rate) : RateLimit
    {
        private long _window;
        private int _taken;

        protected override bool Admits(TimeSpan now, out TimeSpan wait)
        {
            var window = (long)now.TotalSeconds;
            if (window != _window) (_window, _taken) = (window, 0);
            wait = TimeSpan.FromSeconds(window + 1) - now;
            return _taken < rate && ++_taken > 0;
        }
    }

    private sealed class SlidingWindow(int rate) : RateLimit
    {
        private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
        private readonly Queue<TimeSpan> _taken = new(rate);

        protected override bool Admits(TimeSpan now, out TimeSpan wait)
        {
            while (_taken.TryPeek(out var oldest) && now - oldest >= Second) _taken.Dequeue();
            wait = _taken.TryPeek(out var next) ? next + Second - now : TimeSpan.Zero;
            if (_taken.Count >= rate) return false;
            _taken.Enqueue(now);
            return true;
        }
    }
}
