using System.Globalization;
using Mirion.Generation.Application.Generation;

namespace Mirion.Generation.Cli.Output;

/// <summary>Says in words what a generation reports: how far it has come, how fast, how long it will take, and what is under way. The first word comes when it starts.</summary>
internal sealed class ProgressMeter(TimeProvider clock)
{
    private const double SlowRate = 10;
    private const double Thousand = 1_000;
    private const double Million = 1_000_000;

    private long _start = clock.GetTimestamp();
    private GenerationProgress? _last;

    /// <summary>The latest word; null until there is one.</summary>
    public GenerationProgress? Last => Volatile.Read(ref _last);

    /// <summary>The share that is done, 0 to 1; null while the number of items is not known.</summary>
    public double? Share => Last is { TotalItems: > 0 } last ? Math.Min(1, (double)Done(last) / last.TotalItems) : null;

    /// <summary>Takes the latest word.</summary>
    public void Take(GenerationProgress progress)
    {
        if (_last is null) _start = clock.GetTimestamp();
        Volatile.Write(ref _last, progress);
    }

    /// <summary>How many are done, how fast, for how long, and how long it will take.</summary>
    public string Pace()
    {
        var elapsed = Clock(clock.GetElapsedTime(_start));
        if (Last is not { } last) return $"checking the sheet · {elapsed}";
        var rate = last.PerSecond is { } perSecond ? $" · {Rate(perSecond)}/s" : string.Empty;
        var left = last.Remaining is { } remaining ? $" · {Clock(remaining)} left" : string.Empty;
        return $"{Number(Done(last))}/{Number(last.TotalItems)}{rate} · {elapsed}{left}";
    }

    /// <summary>How many have come to what.</summary>
    public string Counts() => Last is { Tally: var tally }
        ? $"{Number(tally.Labeled)} labeled, {Number(tally.Unlabeled)} unlabeled, {Number(tally.Flagged)} flagged"
        : string.Empty;

    /// <summary>What is asked of the model, and what that took; empty while it is nothing.</summary>
    public string Calls()
    {
        if (Last is not { } last) return string.Empty;
        var calls = last.InFlight is { } inFlight and > 0 ? $"{Number(inFlight)} of {Number(last.Limit ?? inFlight)} calls in flight" : string.Empty;
        var tokens = last.Statistics.PromptTokens + last.Statistics.CompletionTokens;
        return (calls, tokens) switch
        {
            (_, 0) => calls,
            ("", _) => $"{Short(tokens)} tokens",
            _ => $"{calls}, {Short(tokens)} tokens",
        };
    }

    // A bar moves while a batch fills; what is counted as labeled or flagged is stored.
    private static long Done(GenerationProgress progress) => Math.Min(progress.Tally.Total + progress.Waiting, Math.Max(progress.TotalItems, progress.Tally.Total));

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Short(long count) => count switch
    {
        >= (long)Million => string.Create(CultureInfo.InvariantCulture, $"{count / Million:N1}M"),
        >= 10 * (long)Thousand => string.Create(CultureInfo.InvariantCulture, $"{count / Thousand:N0}k"),
        _ => Number(count),
    };

    private static string Rate(double rate) => rate.ToString(rate < SlowRate ? "0.#" : "N0", CultureInfo.InvariantCulture);

    private static string Clock(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}");
}
