using System.Globalization;
using Mirion.Generation.Application.Generation;

namespace Mirion.Generation.Cli.Output;

/// <summary>Says how far a generation has come, how fast, and how long it will take. The first word comes when it starts.</summary>
internal sealed class ProgressMeter(TimeProvider clock)
{
    private const double LongestSeconds = 1e9;
    private const double SlowRate = 10;

    private long _start = clock.GetTimestamp();
    private long _before;
    private GenerationProgress? _last;

    /// <summary>The latest word; null until there is one.</summary>
    public GenerationProgress? Last => Volatile.Read(ref _last);

    /// <summary>The share that is done, 0 to 1; null while the number of items is not known.</summary>
    public double? Share => Last is { TotalItems: > 0 } last ? (double)last.Tally.Total / last.TotalItems : null;

    /// <summary>Takes the latest word.</summary>
    public void Take(GenerationProgress progress)
    {
        // Pairs of an earlier run are no measure of how fast this one is.
        if (_last is null) (_start, _before) = (clock.GetTimestamp(), progress.Tally.Total);
        Volatile.Write(ref _last, progress);
    }

    /// <summary>How many are done, how fast, for how long, and how long it will take.</summary>
    public string Pace()
    {
        var elapsed = clock.GetElapsedTime(_start);
        if (Last is not { } last) return $"checking the sheet · {Clock(elapsed)}";
        var done = last.Tally.Total;
        var rate = elapsed > TimeSpan.Zero ? (done - _before) / elapsed.TotalSeconds : 0;
        return $"{Number(done)}/{Number(last.TotalItems)} · {Rate(rate)}/s · {Clock(elapsed)}{Left(last.TotalItems - done, rate)}";
    }

    /// <summary>How many have come to what.</summary>
    public string Counts() => Last is { Tally: var tally }
        ? $"{Number(tally.Labeled)} labeled, {Number(tally.Unlabeled)} unlabeled, {Number(tally.Flagged)} flagged"
        : string.Empty;

    private static string Left(long items, double rate) => items > 0 && rate > 0 ? $" · {Clock(TimeSpan.FromSeconds(Math.Min(items / rate, LongestSeconds)))} left" : string.Empty;

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Rate(double rate) => rate.ToString(rate < SlowRate ? "0.#" : "N0", CultureInfo.InvariantCulture);

    private static string Clock(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}");
}
