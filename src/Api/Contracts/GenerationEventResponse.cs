using Mirion.Generation.Application.TrainingSheets.Watch;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Api.Contracts;

/// <summary>What an event of a generation says: how the training sheet stands, whole.</summary>
public sealed record GenerationEventResponse
{
    /// <summary>The training sheet.</summary>
    public required string TrainingSheetId { get; init; }

    /// <summary>Where it stands.</summary>
    public required TrainingSheetStatus Status { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    public required StatusReason? StatusReason { get; init; }

    /// <summary>Items whose pair is stored.</summary>
    public required long Done { get; init; }

    /// <summary>Items there are.</summary>
    public required long Total { get; init; }

    /// <summary>Pairs whose answer is an expert's.</summary>
    public required long Labeled { get; init; }

    /// <summary>Pairs that wait for a decision.</summary>
    public required long Unlabeled { get; init; }

    /// <summary>Pairs with which something is wrong.</summary>
    public required long Flagged { get; init; }

    /// <summary>Pairs stored a second, of late; null until that is known, and at the end.</summary>
    public required double? PerSecond { get; init; }

    /// <summary>Seconds until all is done, at that rate; null while that is not known, and at the end.</summary>
    public required double? Eta { get; init; }

    /// <summary>Pairs that are made and wait to be stored; 0 where the run is in another process.</summary>
    public required long Waiting { get; init; }

    /// <summary>Calls in flight to the model's endpoint; null where the run is in another process, and at the end.</summary>
    public required int? InFlight { get; init; }

    /// <summary>How many calls the endpoint is sent at once, at the moment; null where the run is in another process, and at the end.</summary>
    public required int? Limit { get; init; }

    /// <summary>Tokens of all prompts so far, where the model said.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Tokens of all answers so far, where the model said.</summary>
    public required long CompletionTokens { get; init; }

    /// <summary>What <paramref name="seen"/> says.</summary>
    internal static GenerationEventResponse Of(WatchEvent seen)
    {
        var (progress, tally) = (seen.Progress, seen.Progress.Tally);
        return new()
        {
            TrainingSheetId = progress.Id.Value,
            Status = seen.Status,
            StatusReason = seen.Reason,
            Done = tally.Total,
            Total = progress.TotalItems,
            Labeled = tally.Labeled,
            Unlabeled = tally.Unlabeled,
            Flagged = tally.Flagged,
            PerSecond = Rounded(progress.PerSecond),
            Eta = Rounded(progress.Remaining?.TotalSeconds),
            Waiting = progress.Waiting,
            InFlight = progress.InFlight,
            Limit = progress.Limit,
            PromptTokens = progress.Statistics.PromptTokens,
            CompletionTokens = progress.Statistics.CompletionTokens,
        };
    }

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 1) : null;
}
