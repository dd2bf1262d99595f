using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>A generation found possible.</summary>
/// <param name="Prepared">What it is made from.</param>
/// <param name="Items">How many items there are, after filter, sampling and limit.</param>
/// <param name="Mode">Where it is to run; never <see cref="ExecutionMode.Auto"/>.</param>
internal sealed record CheckedGeneration(PreparedRecipe Prepared, long Items, ExecutionMode Mode);

/// <summary>Checks a generation as a whole, before a cent is spent.</summary>
internal sealed class GenerationCheck(
    ISheetRepository sheets,
    IPromptTemplateRepository templates,
    ICanonicalLabelRepository labels,
    ISheetSource source,
    IFoundationModel model,
    IOptions<GenerationOptions> options)
{
    /// <summary>Looks at everything a request names: sheet, template, source, ids, variables, model endpoint.</summary>
    /// <param name="sheetId">The sheet.</param>
    /// <param name="templateId">The template.</param>
    /// <param name="templateVersion">The version of it; its present one when null.</param>
    /// <param name="config">How to generate.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Result<CheckedGeneration>> CheckAsync(
        SheetId sheetId, TemplateId templateId, int? templateVersion, GenerationConfig config, CancellationToken cancellationToken)
    {
        if (config.Check() is { } invalid) return invalid;
        if (await sheets.FindAsync(sheetId, cancellationToken) is not { } sheet) return SheetErrors.NotFound(sheetId);
        if (await templates.FindAsync(templateId, cancellationToken) is not { } template) return TemplateErrors.NotFound(templateId);
        if (templateVersion is { } version && version != template.Version)
        {
            if (await templates.FindVersionAsync(templateId, version, cancellationToken) is not { } earlier) return TemplateErrors.VersionNotFound(templateId, version);
            template = earlier.Template;
        }

        var recipe = new GenerationRecipe(sheet, template, config);
        if (!(await CheckSourceAsync(recipe, cancellationToken)).TryGet(out var generation, out var error)) return error;
        return await CheckModelAsync(recipe, generation.Items, cancellationToken) is { } refusal ? refusal : generation;
    }

    /// <summary>Looks at the source again, for a run that begins after the request was checked.</summary>
    public async Task<Result<CheckedGeneration>> CheckSourceAsync(GenerationRecipe recipe, CancellationToken cancellationToken)
    {
        if (!(await source.DescribeAsync(recipe.Sheet, cancellationToken)).TryGet(out var description, out var gone)) return gone;
        if (!PreparedRecipe.Fit(recipe, description).TryGet(out var prepared, out var unfit)) return unfit;
        if (!(await source.TakeCensusAsync(recipe.Sheet, cancellationToken)).TryGet(out var census, out var uncountable)) return uncountable;
        if (census.Items == 0) return SheetErrors.Empty(recipe.Sheet.Source);
        var items = Math.Min(census.Items, recipe.Config.Limit ?? long.MaxValue);
        return new CheckedGeneration(prepared, items, ModeFor(recipe.Config.Execution, items));
    }

    private ExecutionMode ModeFor(ExecutionMode asked, long items) => asked switch
    {
        ExecutionMode.Auto => items > options.Value.AsyncThreshold ? ExecutionMode.Job : ExecutionMode.Sync,
        _ => asked,
    };

    // Where every item may have its label no model is needed, and none need be there.
    private async Task<Error?> CheckModelAsync(GenerationRecipe recipe, long items, CancellationToken cancellationToken)
    {
        if (recipe.Config.LabelingMode is not LabelingMode.AiGenerated) return null;
        var labelled = await labels.CountAsync(recipe.Sheet.Id, recipe.Template.LabelType, cancellationToken);
        return labelled >= items ? null : await model.CheckAsync(recipe.Model, cancellationToken);
    }
}
