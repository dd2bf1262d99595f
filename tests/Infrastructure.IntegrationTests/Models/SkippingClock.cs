using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Models;

/// <summary>
/// A clock on which delays shorter than <paramref name="limit"/> are over at once, and remembered; what waits that long or longer
/// is a call's own time limit, which only <see cref="FakeTimeProvider.Advance"/> reaches.
/// </summary>
internal sealed class SkippingClock(TimeSpan limit) : FakeTimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _delays = new();

    /// <summary>The delays that were passed over, in order.</summary>
    public IReadOnlyList<TimeSpan> Delays => [.. _delays];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.Zero || dueTime >= limit) return base.CreateTimer(callback, state, dueTime, period);
        _delays.Enqueue(dueTime);
        // The clock itself stands still, or the delays of many calls would add up to the time limit of each.
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return base.CreateTimer(static _ => { }, state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
