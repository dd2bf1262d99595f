using MediatR;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Sheets;

/// <summary>The first items of a sheet, as the engine sees them.</summary>
/// <param name="Id">The sheet.</param>
/// <param name="Limit">How many.</param>
public sealed record ListItemsQuery(SheetId Id, int? Limit = null) : IRequest<Result<IReadOnlyList<SheetItem>>>;

internal sealed class ListItemsHandler(ISheetRepository sheets, ISheetSource source) : IRequestHandler<ListItemsQuery, Result<IReadOnlyList<SheetItem>>>
{
    public async Task<Result<IReadOnlyList<SheetItem>>> Handle(ListItemsQuery request, CancellationToken cancellationToken)
    {
        if (!PageRequest.From(request.Limit, cursor: null, keyLength: 0).TryGet(out var page, out var invalid)) return invalid;
        if (await sheets.FindAsync(request.Id, cancellationToken) is not { } sheet) return SheetErrors.NotFound(request.Id);
        if (!(await source.DescribeAsync(sheet, cancellationToken)).TryGet(out var description, out var error)) return error;
        var items = new List<SheetItem>();
        var reading = new SheetReading(sheet, description.Names, page.Limit, page.Limit);
        await foreach (var read in source.ReadPagesAsync(reading, cancellationToken)) items.AddRange(read);
        return Result<IReadOnlyList<SheetItem>>.Of(items);
    }
}
