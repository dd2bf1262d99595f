using MediatR;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets.Estimate;

/// <summary>Checks a generation as a whole and counts what it would do, without asking a model anything.</summary>
/// <param name="SheetId">The sheet.</param>
/// <param name="TemplateId">The template.</param>
/// <param name="Config">How to generate.</param>
/// <param name="TemplateVersion">The version of the template, a published one or its present one; the present one when null.</param>
public sealed record EstimateGenerationQuery(SheetId SheetId, TemplateId TemplateId, GenerationConfig Config, int? TemplateVersion = null) : IRequest<Result<GenerationEstimate>>;

/// <summary>What a generation would do.</summary>
/// <param name="TotalItems">Items, after filter, sampling and limit.</param>
/// <param name="CanonicalHits">Items whose canonical label would be reused.</param>
/// <param name="ModelCalls">Items a model would be asked about.</param>
/// <param name="EmptyPromptItems">Items that would be flagged because everything the template refers to is blank.</param>
/// <param name="Mode">Where it would run.</param>
public sealed record GenerationEstimate(long TotalItems, long CanonicalHits, long ModelCalls, long EmptyPromptItems, ExecutionMode Mode);
