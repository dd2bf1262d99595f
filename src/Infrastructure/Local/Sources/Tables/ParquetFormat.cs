using DuckDB.NET.Data;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Infrastructure.Sources.Queries;

namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>
/// Tables as Parquet. Values keep their types: whole numbers, decimals with their scale, doubles, booleans, text; dates and times as ISO 8601 text,
/// bytes as base64, lists as lists, structs and maps as dictionaries.
/// </summary>
internal static class ParquetFormat
{
    public const string Extension = ".parquet";

    private const string Files = "read_parquet($path, hive_partitioning = false)";

    /// <summary>The table's shape, having read the whole file.</summary>
    /// <exception cref="DuckDBException">The file is no sound Parquet file.</exception>
    public static async Task<Result<TableShape>> InspectAsync(DuckDBConnection connection, TableFile file, CancellationToken cancellationToken)
    {
        var columns = await new SqlQuery($"DESCRIBE SELECT * FROM {Files}", file.Parameter)
            .ListAsync(connection, row => (Name: row.GetString(0), Type: row.GetString(1)), cancellationToken);
        var names = string.Join(", ", Enumerable.Range(0, columns.Count).Select(index => $"c{index}"));
        var from = $"{Files} AS cells({names})";
        await new SqlQuery($"SELECT max(hash({names})) FROM {from}", file.Parameter).ListAsync(connection, row => row.IsDBNull(0), cancellationToken);
        return new CellTable(from, [.. columns.Select((column, index) => ColumnOf(index, column.Name, column.Type))]);
    }

    private static CellColumn ColumnOf(int index, string name, string typeName)
    {
        var (cell, type) = ($"c{index}", DuckDbType.Parse(typeName));
        var (value, read) = type.Name switch
        {
            "BOOLEAN" => (cell, Cells.Boolean),
            "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "UTINYINT" or "USMALLINT" or "UINTEGER" => ($"CAST({cell} AS BIGINT)", Cells.Integer),
            "UBIGINT" or "DECIMAL" => ($"CAST({cell} AS VARCHAR)", Cells.Number),
            // By way of text, or 0.1 would become 0.10000000149011612.
            "FLOAT" => ($"CAST(CAST({cell} AS VARCHAR) AS DOUBLE)", Cells.Double),
            "DOUBLE" => (cell, Cells.Double),
            "JSON" => ($"CAST({cell} AS VARCHAR)", Cells.JsonText),
            "LIST" or "STRUCT" or "MAP" => (ValueText.Json(cell, type), Cells.JsonText),
            _ => (ValueText.Of(cell, type), Cells.Text),
        };
        return new CellColumn(index, name, typeName, ValueText.Of(cell, type), cell, value, read);
    }
}
