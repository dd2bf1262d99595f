using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Mirion.Generation.Testing.Clocks;

/// <summary>
/// A clock that jumps to the end of every delay shorter than <paramref name="limit"/>, and remembers it; what waits that long or longer is a call's own time limit, which only
/// <see cref="FakeTimeProvider.Advance"/> reaches.
/// </summary>
public sealed class JumpingClock(TimeSpan limit) : FakeTimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _delays = new();
    private readonly Lock _jumping = new();

    /// <summary>The delays that were passed over, in order.</summary>
    public IReadOnlyList<TimeSpan> Delays => [.. _delays];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Skipping(this, base.CreateTimer(callback, state, dueTime, period));
        Skip(dueTime);
        return timer;
    }

    private void Skip(TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero || delay >= limit) return;
        _delays.Enqueue(delay);
        // To the end of the delay and no further: delays at one time pass at one time.
        var end = GetUtcNow() + delay;
        ThreadPool.QueueUserWorkItem(_ => JumpTo(end));
    }

    private void JumpTo(DateTimeOffset end)
    {
        lock (_jumping)
        {
            var now = GetUtcNow();
            if (end > now) Advance(end - now);
        }
    }

    private sealed class Skipping(JumpingClock clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = timer.Change(dueTime, period);
            clock.Skip(dueTime);
            return changed;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
