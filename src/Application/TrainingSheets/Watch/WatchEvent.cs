using System.Globalization;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets.Watch;

/// <summary>What has happened to a training sheet that is watched.</summary>
public enum WatchEventKind
{
    /// <summary>Its generation goes on.</summary>
    Progress,

    /// <summary>Every item has its pair.</summary>
    Completed,

    /// <summary>Its generation ended early.</summary>
    Failed,
}

/// <summary>
/// How a training sheet stands, whole: whoever missed earlier events has missed nothing. The id follows from what is stored, so it is the same from whichever process it is told, and
/// after a restart. That of an end follows from what the run did alone; a decision on a pair does not make it another end.
/// </summary>
/// <param name="Id">Names what is told.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Status">Where the training sheet stands.</param>
/// <param name="Reason">Why it failed; null unless it did.</param>
/// <param name="Progress">How far it has come.</param>
public sealed record WatchEvent(string Id, WatchEventKind Kind, TrainingSheetStatus Status, StatusReason? Reason, GenerationProgress Progress)
{
    /// <summary>Whether nothing follows.</summary>
    public bool IsLast => Kind is not WatchEventKind.Progress;

    /// <summary>Whether this was so before <paramref name="other"/> was; what a generation took only grows.</summary>
    public bool IsBefore(WatchEvent other) => Progress.Statistics.DurationMs < other.Progress.Statistics.DurationMs;

    /// <summary>How a generation that goes on stands.</summary>
    public static WatchEvent Of(GenerationProgress progress) =>
        new($"progress-{Stage(progress)}", WatchEventKind.Progress, TrainingSheetStatus.Generating, Reason: null, progress);

    /// <summary>How a training sheet that was read stands.</summary>
    public static WatchEvent Of(TrainingSheet sheet)
    {
        var progress = GenerationProgress.Of(sheet);
        var reason = sheet.State.StatusReason;
        return sheet.Status switch
        {
            TrainingSheetStatus.Generating => Of(progress),
            TrainingSheetStatus.Failed => new($"failed-{Stage(progress)}.{reason!.Code}", WatchEventKind.Failed, sheet.Status, reason, progress),
            _ => new($"completed-{Stage(progress)}", WatchEventKind.Completed, sheet.Status, Reason: null, progress),
        };
    }

    // Every commit has a pair more, or tries one again; the time it took tells apart what these do not.
    private static string Stage(GenerationProgress progress) =>
        string.Create(CultureInfo.InvariantCulture, $"{progress.Tally.Total}.{progress.Statistics.ModelCalls}.{progress.Statistics.DurationMs}");
}
