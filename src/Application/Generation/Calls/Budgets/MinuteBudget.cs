namespace Mirion.Generation.Application.Generation.Calls.Budgets;

/// <summary>
/// An amount that may be spent a minute: in every minute, wherever it begins, and evenly over it. What was spent in the last minute is kept in slices, so that no window is overrun
/// at its edges; how fast it is spent is held to the rate, but for one second's worth, which makes up for timers that are late.
/// </summary>
/// <remarks>
/// Not the token bucket of System.Threading.RateLimiting: that one reads the machine's own clock (dotnet/runtime#106447), takes nothing back, refuses what exceeds its bucket, and may spend a whole
/// bucket on top of a minute's refill.
/// </remarks>
internal sealed class MinuteBudget(long perMinute, TimeProvider clock)
{
    private const int SlicesAMinute = 240;
    private static readonly TimeSpan Slice = TimeSpan.FromMinutes(1) / SlicesAMinute;
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly long _origin = clock.GetTimestamp();
    // One more than a minute has: the oldest is part of the last minute still.
    private readonly long[] _spent = new long[SlicesAMinute + 1];
    private long _slice;
    private long _lastMinute;
    private TimeSpan _earnedAt;

    /// <summary>How long to wait until there is room for <paramref name="amount"/>; zero when there is. More than a minute's budget is let through when nothing else was spent for a minute.</summary>
    public TimeSpan WaitFor(long amount)
    {
        lock (_lock)
        {
            var now = MoveOn();
            var early = _earnedAt - now - Burst;
            var full = UntilRoom(Math.Min(amount, perMinute), now);
            return early > full ? early : full;
        }
    }

    /// <summary>Spends <paramref name="amount"/>, whether there is room for it or not. Says where it was booked.</summary>
    public long Spend(long amount)
    {
        lock (_lock)
        {
            var now = MoveOn();
            _earnedAt = (_earnedAt > now ? _earnedAt : now) + TimeFor(amount);
            Book(_slice, amount);
            return _slice;
        }
    }

    /// <summary>Corrects what was booked at <paramref name="booked"/>: gives back where less was spent, spends the rest now where it was more.</summary>
    public void Correct(long booked, long difference)
    {
        lock (_lock)
        {
            MoveOn();
            _earnedAt += TimeFor(difference);
            if (difference > 0) Book(_slice, difference);
            else if (booked + _spent.Length > _slice) Book(booked, difference);
        }
    }

    private TimeSpan TimeFor(long amount) => TimeSpan.FromMinutes((double)amount / perMinute);

    private void Book(long slice, long amount)
    {
        _spent[slice % _spent.Length] += amount;
        _lastMinute += amount;
    }

    // Slices that are over a minute old are forgotten.
    private TimeSpan MoveOn()
    {
        var now = clock.GetElapsedTime(_origin);
        var slice = now.Ticks / Slice.Ticks;
        for (var left = Math.Min(slice - _slice, _spent.Length); left > 0; left--)
        {
            ref var oldest = ref _spent[(slice - left + 1) % _spent.Length];
            _lastMinute -= oldest;
            oldest = 0;
        }

        _slice = Math.Max(slice, _slice);
        return now;
    }

    private TimeSpan UntilRoom(long amount, TimeSpan now)
    {
        var excess = _lastMinute + amount - perMinute;
        if (excess <= 0) return TimeSpan.Zero;
        for (var age = _spent.Length - 1; age >= 0; age--)
        {
            excess -= _slice >= age ? _spent[(_slice - age) % _spent.Length] : 0;
            if (excess <= 0) return (Slice * (_slice - age + _spent.Length)) - now;
        }

        return Slice;
    }
}
