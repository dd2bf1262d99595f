using DuckDB.NET.Data;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Sources;

namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>A sheet's table as it is now, with everything that the sheet says of it found to be true.</summary>
/// <param name="Sheet">The sheet.</param>
/// <param name="File">The file that is the table.</param>
/// <param name="Shape">Its columns.</param>
/// <param name="Id">The column that names the items.</param>
/// <param name="Filter">The sheet's filter; null when it has none.</param>
internal sealed record SheetTable(Sheet Sheet, TableFile File, TableShape Shape, TableColumn Id, TableFilter? Filter)
{
    /// <summary>The columns of these names.</summary>
    /// <exception cref="UpstreamException">The table does not have one of them any more.</exception>
    public IReadOnlyList<TableColumn> ColumnsOf(IEnumerable<string> names) =>
        [.. names.Select(name => Shape.Find(name) ?? throw SourceFailures.While(SheetErrors.ColumnUnknown("The reading", name, Shape.Names)))];

    /// <summary>Finds the table of a sheet, or what of the sheet does not fit it.</summary>
    public static async Task<Result<SheetTable>> OpenAsync(
        DuckDBConnection connection, Sheet sheet, TableFiles files, TableShapes shapes, CancellationToken cancellationToken)
    {
        var source = (TableSource)sheet.Source;
        if (!files.Find(source).TryGet(out var file, out var notFound)) return notFound;
        if (!(await shapes.FindAsync(connection, file, cancellationToken)).TryGet(out var shape, out var damaged)) return damaged;
        if (!FindId(source, shape).TryGet(out var id, out var noId)) return noId;
        if (SheetColumns.FindUnknown(sheet, [.. shape.Names]) is { } unknown) return unknown;
        if (sheet.FilterExpression is not { } text) return new SheetTable(sheet, file, shape, id, null);
        var filter = await FilterExpression.CheckAsync(connection, text, file, shape, cancellationToken);
        return filter.Map<SheetTable>(found => new SheetTable(sheet, file, shape, id, found));
    }

    private static Result<TableColumn> FindId(TableSource source, TableShape shape)
    {
        if (shape.Find(source.ItemIdColumn) is not { } id) return SheetColumns.IdMissing(source, [.. shape.Names]);
        return id.NoText is null ? id : SheetColumns.IdWithoutText(id.Name, id.NoText);
    }
}
