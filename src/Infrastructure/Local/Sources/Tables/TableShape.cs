using DuckDB.NET.Data;

namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>The columns of a table and the way its rows are read, as one state of its file has them.</summary>
/// <param name="From">What stands behind FROM; the path is the parameter <c>$path</c>.</param>
internal abstract record TableShape(string From)
{
    /// <summary>The columns, in the file's order.</summary>
    public abstract IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The names of the columns.</summary>
    public IEnumerable<string> Names => Columns.Select(column => column.Name);

    /// <summary>The column of exactly this name, or null.</summary>
    public TableColumn? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);

    /// <summary>A reader of these columns of each row.</summary>
    public abstract RowReader ReaderOf(IReadOnlyList<TableColumn> columns);
}

/// <summary>How some columns of a row are selected and read.</summary>
/// <param name="Selected">The expressions to select for them.</param>
/// <param name="Read">Reads the values by column; the expressions stand in the row from the ordinal given.</param>
internal sealed record RowReader(IReadOnlyList<string> Selected, Func<DuckDBDataReader, int, IReadOnlyDictionary<string, object?>> Read);
