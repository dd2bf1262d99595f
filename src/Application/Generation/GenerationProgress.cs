using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>How far a generation has come: what is stored as of its last commit, how fast that grows, and what is under way.</summary>
/// <param name="Id">The training sheet.</param>
/// <param name="TotalItems">How many items there are.</param>
/// <param name="Tally">The pairs that are stored, by status.</param>
/// <param name="Statistics">What it took to make them.</param>
public sealed record GenerationProgress(TrainingSheetId Id, long TotalItems, PairTally Tally, GenerationStatistics Statistics)
{
    /// <summary>Pairs that are made and wait to be stored; known only where the run is.</summary>
    public long Waiting { get; init; }

    /// <summary>Calls in flight to the model's endpoint, of every run in this process that asks it; null where that is not known.</summary>
    public int? InFlight { get; init; }

    /// <summary>How many calls the endpoint is sent at once, at the moment; null where that is not known.</summary>
    public int? Limit { get; init; }

    /// <summary>Pairs stored a second, of late; null until that is known.</summary>
    public double? PerSecond { get; init; }

    /// <summary>How long the rest will take at that rate; null while that is not known, and when nothing is left.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>How far <paramref name="sheet"/> has come.</summary>
    public static GenerationProgress Of(TrainingSheet sheet) => new(sheet.Id, sheet.State.Statistics.TotalItems, sheet.Tally, sheet.State.Statistics);
}
