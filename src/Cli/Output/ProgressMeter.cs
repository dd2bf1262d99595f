using System.Globalization;
using Mirion.Generation.Application.Generation;

namespace Mirion.Generation.Cli.Output;

/// <summary>Says how far a generation has come, how fast, and how long it will take.</summary>
/// <param name="clock">The time.</param>
/// <param name="before">Pairs that an earlier run left, which this one did not have to make.</param>
internal sealed class ProgressMeter(TimeProvider clock, long before)
{
    private readonly long _start = clock.GetTimestamp();
    private GenerationProgress? _last;

    /// <summary>The share that is done, 0 to 1; null while the number of items is not known.</summary>
    public double? Share => _last is { TotalItems: > 0 } last ? (double)last.Tally.Total / last.TotalItems : null;

    /// <summary>Takes the latest word.</summary>
    public void Take(GenerationProgress progress) => Volatile.Write(ref _last, progress);

    /// <summary>All of it in one line.</summary>
    public string Describe()
    {
        var elapsed = clock.GetElapsedTime(_start);
        if (Volatile.Read(ref _last) is not { } last) return $"reading the sheet · {Clock(elapsed)}";
        var (done, tally) = (last.Tally.Total, last.Tally);
        var rate = elapsed > TimeSpan.Zero ? (done - before) / elapsed.TotalSeconds : 0;
        var left = Math.Max(0, last.TotalItems - done);
        var eta = left == 0 ? string.Empty : rate > 0 ? $" · {Clock(TimeSpan.FromSeconds(Math.Min(left / rate, TimeSpan.MaxValue.TotalSeconds / 2)))} left" : " · waiting";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{done:N0}/{last.TotalItems:N0} · {tally.Labeled:N0} labeled, {tally.Unlabeled:N0} unlabeled, {tally.Flagged:N0} flagged · {rate:N0}/s · {Clock(elapsed)}{eta}");
    }

    private static string Clock(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}");
}
