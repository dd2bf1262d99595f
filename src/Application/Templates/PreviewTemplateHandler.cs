using MediatR;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Templates;

internal sealed class PreviewTemplateHandler(ISheetRepository sheets, IPromptTemplateRepository templates, ISheetSource source)
    : IRequestHandler<PreviewTemplateQuery, Result<IReadOnlyList<PromptPreview>>>
{
    private const int DefaultLimit = 5;

    public async Task<Result<IReadOnlyList<PromptPreview>>> Handle(PreviewTemplateQuery request, CancellationToken cancellationToken)
    {
        if (!PageRequest.From(request.Limit ?? DefaultLimit, cursor: null, keyLength: 0).TryGet(out var page, out var invalid)) return invalid;
        if (await templates.FindAsync(request.Id, cancellationToken) is not { } template) return TemplateErrors.NotFound(request.Id);
        if (await sheets.FindAsync(request.SheetId, cancellationToken) is not { } sheet) return SheetErrors.NotFound(request.SheetId);
        if (!(await source.DescribeAsync(sheet, cancellationToken)).TryGet(out var description, out var gone)) return gone;

        var recipe = new GenerationRecipe(sheet, template, new GenerationConfig { ColumnMapping = request.ColumnMapping ?? new Dictionary<string, string>() });
        if (!PreparedRecipe.Fit(recipe, description).TryGet(out var prepared, out var unfit)) return unfit;
        var previews = new List<PromptPreview>();
        await foreach (var items in source.ReadPagesAsync(new SheetReading(sheet, prepared.Columns, page.Limit, page.Limit), cancellationToken))
        {
            previews.AddRange(items.Select(item => (item.Ref, Question: prepared.Ask(item))).Select(asked => new PromptPreview(
                asked.Ref, asked.Question.Error is null ? asked.Question.Conversation.Messages : [], asked.Question.Error)));
        }

        return Result<IReadOnlyList<PromptPreview>>.Of(previews);
    }
}
