using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Sources;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Tables;

/// <summary>A sheet's table, with everything that the sheet says of it found to be true.</summary>
/// <param name="Sheet">The sheet.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Id">The column that names the items.</param>
/// <param name="Filter">The condition that rows must meet; null when there is none.</param>
internal sealed record DeltaTable(Sheet Sheet, IReadOnlyList<DeltaColumn> Columns, DeltaColumn Id, SqlStatement? Filter)
{
    /// <summary>Where it is.</summary>
    public TableSource Source => (TableSource)Sheet.Source;

    /// <summary>Its name in a statement.</summary>
    public SqlName Sql => new(Source.Table.Catalog, Source.Table.Schema, Source.Table.Table);

    /// <summary>The columns of these names.</summary>
    /// <exception cref="UpstreamException">The table does not have one of them any more.</exception>
    public IReadOnlyList<DeltaColumn> ColumnsOf(IEnumerable<string> names) =>
    [
        .. names.Select(name => Columns.FirstOrDefault(column => column.Name == name)
            ?? throw DeltaFaults.While(SheetErrors.ColumnUnknown("The reading", name, Columns.Select(column => column.Name)))),
    ];

    /// <summary>What of the sheet does not fit the columns, or the column that names the items.</summary>
    public static Result<DeltaColumn> FindId(Sheet sheet, IReadOnlyList<DeltaColumn> columns)
    {
        var (source, names) = ((TableSource)sheet.Source, columns.Select(column => column.Name).ToArray());
        if (columns.FirstOrDefault(column => column.Name == source.ItemIdColumn) is not { } id) return SheetColumns.IdMissing(source, names);
        if (id.NoText is { } reason) return SheetColumns.IdWithoutText(id.Name, reason);
        return SheetColumns.FindUnknown(sheet, names) is { } unknown ? unknown : id;
    }
}
