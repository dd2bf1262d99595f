using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Models;

/// <summary>
/// A clock that passes over delays shorter than <paramref name="limit"/> at once, and remembers them; what waits that long or longer
/// is a call's own time limit, which only <see cref="FakeTimeProvider.Advance"/> reaches.
/// </summary>
internal sealed class SkippingClock(TimeSpan limit) : FakeTimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _delays = new();

    /// <summary>The delays that were passed over, in order.</summary>
    public IReadOnlyList<TimeSpan> Delays => [.. _delays];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime <= TimeSpan.Zero || dueTime >= limit) return timer;
        _delays.Enqueue(dueTime);
        // After the caller has its timer in hand.
        ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
        return timer;
    }
}
