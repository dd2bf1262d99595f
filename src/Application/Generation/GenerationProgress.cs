using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>How far a generation has come, as of its last commit.</summary>
/// <param name="Id">The training sheet.</param>
/// <param name="TotalItems">How many items there are.</param>
/// <param name="Tally">The pairs there are, by status.</param>
/// <param name="Statistics">What it did so far.</param>
public sealed record GenerationProgress(TrainingSheetId Id, long TotalItems, PairTally Tally, GenerationStatistics Statistics)
{
    /// <summary>How far <paramref name="sheet"/> has come.</summary>
    public static GenerationProgress Of(TrainingSheet sheet) => new(sheet.Id, sheet.State.Statistics.TotalItems, sheet.Tally, sheet.State.Statistics);
}
