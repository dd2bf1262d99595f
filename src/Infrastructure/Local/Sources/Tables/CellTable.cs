using DuckDB.NET.Data;

namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>Reads a cell that is not null.</summary>
internal delegate object? CellReader(DuckDBDataReader row, int ordinal);

/// <summary>A column whose cells are selected one by one: by the expression <c>Value</c>, and read by <c>Read</c>.</summary>
internal sealed record CellColumn(int Index, string Name, string Type, string Text, string Typed, string Value, CellReader Read)
    : TableColumn(Index, Name, Type, Text, Typed);

/// <summary>A table whose rows have a cell for every column.</summary>
internal sealed record CellTable(string From, IReadOnlyList<CellColumn> Cells) : TableShape(From)
{
    public override IReadOnlyList<TableColumn> Columns => Cells;

    public override RowReader ReaderOf(IReadOnlyList<TableColumn> columns)
    {
        var cells = columns.Cast<CellColumn>().ToArray();
        var shared = new ItemColumns([.. cells.Select(cell => cell.Name)]);
        return new RowReader([.. cells.Select(cell => cell.Value)], (row, first) =>
        {
            var values = new object?[cells.Length];
            for (var i = 0; i < cells.Length; i++) values[i] = row.IsDBNull(first + i) ? null : cells[i].Read(row, first + i);
            return new ItemValueDictionary(shared, values);
        });
    }
}
