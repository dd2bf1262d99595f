using MediatR;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;

namespace Mirion.Generation.Application.Labels;

/// <summary>Lists canonical labels by sheet, item and label type.</summary>
/// <param name="Filter">Which ones.</param>
/// <param name="Limit">The most to answer with.</param>
/// <param name="Cursor">Where an earlier page ended.</param>
public sealed record ListLabelsQuery(LabelFilter Filter, int? Limit = null, string? Cursor = null) : IRequest<Result<Page<CanonicalLabel>>>;

internal sealed class ListLabelsHandler(ICanonicalLabelRepository labels) : IRequestHandler<ListLabelsQuery, Result<Page<CanonicalLabel>>>
{
    public async Task<Result<Page<CanonicalLabel>>> Handle(ListLabelsQuery request, CancellationToken cancellationToken) =>
        PageRequest.From(request.Limit, request.Cursor, keyLength: 3).TryGet(out var page, out var error)
            ? await labels.ListAsync(request.Filter, page, cancellationToken)
            : error;
}
