namespace Mirion.Generation.Application.Generation.Progress;

/// <summary>
/// How fast items come to be done, from readings of how many are: items over time, both weighted so that what is long past counts less. Since items come in
/// batches, only readings that bring news count as measurements; the pauses between them are part of the next one.
/// </summary>
internal sealed class Pace(TimeProvider clock)
{
    // After this long a measurement counts for a third.
    private const double Memory = 15;
    private const double LongestSeconds = 1e9;

    private long? _done;
    private long _at;
    private double _items;
    private double _seconds;
    private double _interval;

    /// <summary>Takes a reading. The first one is where counting begins: what was there before was not done now.</summary>
    public void Take(long done)
    {
        if (_done == done) return;
        var now = clock.GetTimestamp();
        if (_done is { } before)
        {
            _interval = clock.GetElapsedTime(_at, now).TotalSeconds;
            var kept = Math.Exp(-_interval / Memory);
            // Counts may be corrected downwards, which is no speed.
            _items = (_items * kept) + Math.Max(0, done - before);
            _seconds = (_seconds * kept) + _interval;
        }

        (_done, _at) = (done, now);
    }

    /// <summary>Items a second; null until there was news. Falls when news stay away for longer than they used to.</summary>
    public double? PerSecond()
    {
        if (_seconds <= 0) return null;
        var overdue = Math.Max(0, clock.GetElapsedTime(_at).TotalSeconds - (2 * _interval));
        var kept = Math.Exp(-overdue / Memory);
        return _items * kept / ((_seconds * kept) + overdue);
    }

    /// <summary>How long <paramref name="left"/> more will take; null when that is not known, or none are left.</summary>
    public TimeSpan? Remaining(long left) => left > 0 && PerSecond() is { } rate and > 0 ? TimeSpan.FromSeconds(Math.Min(left / rate, LongestSeconds)) : null;
}
