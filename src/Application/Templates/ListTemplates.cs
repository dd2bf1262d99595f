using MediatR;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Application.Templates;

/// <summary>Lists prompt templates by id.</summary>
/// <param name="LabelType">Only of this label type.</param>
/// <param name="Status">Only of this status.</param>
/// <param name="Limit">The most to answer with.</param>
/// <param name="Cursor">Where an earlier page ended.</param>
public sealed record ListTemplatesQuery(LabelType? LabelType = null, TemplateStatus? Status = null, int? Limit = null, string? Cursor = null)
    : IRequest<Result<Page<PromptTemplate>>>;

internal sealed class ListTemplatesHandler(IPromptTemplateRepository templates) : IRequestHandler<ListTemplatesQuery, Result<Page<PromptTemplate>>>
{
    public async Task<Result<Page<PromptTemplate>>> Handle(ListTemplatesQuery request, CancellationToken cancellationToken) =>
        PageRequest.From(request.Limit, request.Cursor, keyLength: 1).TryGet(out var page, out var error)
            ? await templates.ListAsync(request.LabelType, request.Status, page, cancellationToken)
            : error;
}
