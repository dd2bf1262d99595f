using Mirion.Generation.Application.TrainingSheets.Estimate;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Api.Contracts;

/// <summary>What a generation would do.</summary>
/// <param name="TotalItems">Items, after filter, sampling and limit.</param>
/// <param name="CanonicalHits">Items whose canonical label would be reused.</param>
/// <param name="ModelCalls">Items a model would be asked about.</param>
/// <param name="EmptyPromptItems">Items that would be flagged because everything the template refers to is blank.</param>
/// <param name="Mode">Where it would run.</param>
public sealed record EstimateResponse(long TotalItems, long CanonicalHits, long ModelCalls, long EmptyPromptItems, ExecutionMode Mode)
{
    internal static EstimateResponse Of(GenerationEstimate estimate) =>
        new(estimate.TotalItems, estimate.CanonicalHits, estimate.ModelCalls, estimate.EmptyPromptItems, estimate.Mode);
}
