using MediatR;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Application.Templates;

/// <summary>Renders a template for the first items of a sheet.</summary>
/// <param name="Id">The template.</param>
/// <param name="SheetId">The sheet.</param>
/// <param name="Limit">How many items; 5 when null.</param>
/// <param name="ColumnMapping">Which column a variable is read from, where their names differ.</param>
public sealed record PreviewTemplateQuery(TemplateId Id, SheetId SheetId, int? Limit = null, IReadOnlyDictionary<string, string>? ColumnMapping = null)
    : IRequest<Result<IReadOnlyList<PromptPreview>>>;

/// <summary>What would be asked about an item.</summary>
/// <param name="ItemRef">The item.</param>
/// <param name="Messages">The rendered turns; empty when they could not be rendered.</param>
/// <param name="Error">Why they could not; null when they could.</param>
public sealed record PromptPreview(ItemRef ItemRef, IReadOnlyList<ChatMessage> Messages, GenerationError? Error);
