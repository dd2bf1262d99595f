using MediatR;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets.Generate;

/// <summary>
/// Makes a training sheet from a sheet and a template: checks the whole request first, then generates here or launches a job.
/// </summary>
/// <param name="SheetId">The sheet.</param>
/// <param name="TemplateId">The template.</param>
/// <param name="Config">How to generate.</param>
/// <param name="Name">What to call it; made from sheet and template when null.</param>
/// <param name="IdempotencyKey">A key the caller chose: a request repeated under it answers with the first one's training sheet.</param>
/// <param name="Progress">Told of every commit, when the generation runs here.</param>
/// <param name="TemplateVersion">The version of the template, a published one or its present one; the present one when null.</param>
public sealed record GenerateTrainingSheetCommand(
    SheetId SheetId,
    TemplateId TemplateId,
    GenerationConfig Config,
    string? Name = null,
    string? IdempotencyKey = null,
    IProgress<GenerationProgress>? Progress = null,
    int? TemplateVersion = null) : IRequest<Result<TrainingSheet>>;
