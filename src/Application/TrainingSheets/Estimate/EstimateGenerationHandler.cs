using MediatR;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Application.TrainingSheets.Estimate;

internal sealed class EstimateGenerationHandler(
    GenerationCheck check, ISheetSource source, ICanonicalLabelRepository labels, IOptions<GenerationOptions> options)
    : IRequestHandler<EstimateGenerationQuery, Result<GenerationEstimate>>
{
    public async Task<Result<GenerationEstimate>> Handle(EstimateGenerationQuery request, CancellationToken cancellationToken)
    {
        var checking = await check.CheckAsync(request.SheetId, request.TemplateId, request.TemplateVersion, request.Config, cancellationToken);
        if (!checking.TryGet(out var generation, out var error)) return error;

        var recipe = generation.Prepared.Recipe;
        var (hits, calls, empty) = (0L, 0L, 0L);
        var reading = new SheetReading(recipe.Sheet, generation.Prepared.Columns, recipe.Config.Limit, options.Value.PageSize);
        await using var lookup = labels.BeginLookup(recipe.Sheet.Id, recipe.Template.LabelType, generation.Items);
        await foreach (var page in source.ReadPagesAsync(reading, cancellationToken))
        {
            var known = await lookup.FindAsync([.. page.Select(item => item.Ref)], cancellationToken);
            for (var i = 0; i < page.Count; i++)
            {
                if (known[i] is not null)
                {
                    hits++;
                    continue;
                }

                var question = generation.Prepared.Ask(page[i]);
                if (question.IsBlank) empty++;
                else if (question.Error is null && recipe.Config.LabelingMode is LabelingMode.AiGenerated) calls++;
            }
        }

        return new GenerationEstimate(generation.Items, hits, calls, empty, generation.Mode);
    }
}
