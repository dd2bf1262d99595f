using MediatR;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Sheets;

/// <summary>One item of a sheet, as the engine sees it.</summary>
/// <param name="Id">The sheet.</param>
/// <param name="Item">The item.</param>
public sealed record GetItemQuery(SheetId Id, ItemRef Item) : IRequest<Result<SheetItem>>;

internal sealed class GetItemHandler(ISheetRepository sheets, ISheetSource source) : IRequestHandler<GetItemQuery, Result<SheetItem>>
{
    public async Task<Result<SheetItem>> Handle(GetItemQuery request, CancellationToken cancellationToken)
    {
        if (await sheets.FindAsync(request.Id, cancellationToken) is not { } sheet) return SheetErrors.NotFound(request.Id);
        if (!(await source.DescribeAsync(sheet, cancellationToken)).TryGet(out var description, out var error)) return error;
        var found = await source.ReadItemsAsync(sheet, description.Names, [request.Item], cancellationToken);
        return found is [var item, ..] ? item : SheetErrors.ItemNotFound(request.Id, request.Item);
    }
}
