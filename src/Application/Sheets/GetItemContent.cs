using MediatR;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Sheets;

/// <summary>The bytes of an item's file: the item itself in a volume, the image a column names in a table.</summary>
/// <param name="Id">The sheet.</param>
/// <param name="Item">The item.</param>
/// <param name="Column">The image column, for a table; its first when null.</param>
public sealed record GetItemContentQuery(SheetId Id, ItemRef Item, string? Column = null) : IRequest<Result<FileContent>>;

internal sealed class GetItemContentHandler(IMediator mediator, ISheetRepository sheets, ISheetSource source, IOptions<GenerationOptions> options)
    : IRequestHandler<GetItemContentQuery, Result<FileContent>>
{
    public async Task<Result<FileContent>> Handle(GetItemContentQuery request, CancellationToken cancellationToken)
    {
        if (await sheets.FindAsync(request.Id, cancellationToken) is not { } sheet) return SheetErrors.NotFound(request.Id);
        if (!(await mediator.Send(new GetItemQuery(request.Id, request.Item), cancellationToken)).TryGet(out var item, out var error)) return error;
        if (!PathOf(sheet, item, request.Column).TryGet(out var path, out var noPath)) return noPath;
        return await source.ReadFileAsync(path, options.Value.MaxFileBytes, cancellationToken);
    }

    private static Result<VolumePath> PathOf(Sheet sheet, SheetItem item, string? column)
    {
        if (item.File is { } file) return file.Path;
        column ??= sheet.ImageColumns is [var first, ..] ? first : null;
        if (column is null || !sheet.ImageColumns.Contains(column, StringComparer.Ordinal))
        {
            return Error.InvalidField("column", sheet.ImageColumns.Count == 0
                ? "The sheet has no image column, so its items have no file."
                : $"The image columns of the sheet are: {string.Join(", ", sheet.ImageColumns)}.");
        }

        return item.Values[column] is string { Length: > 0 } text ? VolumePath.Parse(text) : SheetErrors.FileNotFound(item.Ref, column);
    }
}
