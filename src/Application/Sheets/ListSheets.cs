using MediatR;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Sheets;

/// <summary>Lists sheets by id.</summary>
/// <param name="Limit">The most to answer with.</param>
/// <param name="Cursor">Where an earlier page ended.</param>
public sealed record ListSheetsQuery(int? Limit = null, string? Cursor = null) : IRequest<Result<Page<Sheet>>>;

internal sealed class ListSheetsHandler(ISheetRepository sheets) : IRequestHandler<ListSheetsQuery, Result<Page<Sheet>>>
{
    public async Task<Result<Page<Sheet>>> Handle(ListSheetsQuery request, CancellationToken cancellationToken) =>
        PageRequest.From(request.Limit, request.Cursor, keyLength: 1).TryGet(out var page, out var error)
            ? await sheets.ListAsync(page, cancellationToken)
            : error;
}
