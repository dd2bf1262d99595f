using System.Globalization;
using MediatR;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Application.Templates;

/// <summary>Lists the versions of a prompt template, newest first: those that were published, and its present one.</summary>
/// <param name="Id">The template.</param>
/// <param name="Limit">The most to answer with.</param>
/// <param name="Cursor">Where an earlier page ended.</param>
public sealed record ListTemplateVersionsQuery(TemplateId Id, int? Limit = null, string? Cursor = null) : IRequest<Result<Page<TemplateVersion>>>;

internal sealed class ListTemplateVersionsHandler(IPromptTemplateRepository templates) : IRequestHandler<ListTemplateVersionsQuery, Result<Page<TemplateVersion>>>
{
    public async Task<Result<Page<TemplateVersion>>> Handle(ListTemplateVersionsQuery request, CancellationToken cancellationToken)
    {
        if (!PageRequest.From(request.Limit, request.Cursor, keyLength: 1).TryGet(out var page, out var error)) return error;
        if (page.After is [var after] && !int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return Error.InvalidField("cursor", "Give the next_cursor of an earlier page of this list.");
        }

        var versions = await templates.ListVersionsAsync(request.Id, page, cancellationToken);
        // A template has a present version at least.
        return page.After is null && versions.Items.Count == 0 ? TemplateErrors.NotFound(request.Id) : versions;
    }
}
