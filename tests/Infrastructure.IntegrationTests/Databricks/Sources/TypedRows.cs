using Mirion.Generation.Infrastructure.IntegrationTests.Local.Sources;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sources;

/// <summary>A column under the names that its type has on each workspace.</summary>
internal sealed record TypedColumn(string Name, string DuckDb, string Databricks);

/// <summary>The same rows as a Parquet file of an embedded workspace and as a table of a Databricks workspace.</summary>
internal static class TypedRows
{
    /// <summary>Puts the rows into both; a cell is text that both read as the column's type.</summary>
    public static async Task PlaceAsync(LocalFiles files, DatabricksSources sources, IReadOnlyList<TypedColumn> columns, params string?[][] rows)
    {
        await files.WriteParquetAsync($"SELECT {string.Join(", ", columns.Select((column, i) => $"CAST(x{i} AS {column.DuckDb}) AS \"{column.Name}\""))} FROM ({Values(columns, rows, text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'")})");
        await sources.WriteAsync($"SELECT {string.Join(", ", columns.Select((column, i) => $"CAST(x{i} AS {column.Databricks}) AS `{column.Name}`"))} FROM ({Values(columns, rows, Literal)})");
    }

    private static string Values(IReadOnlyList<TypedColumn> columns, string?[][] rows, Func<string, string> quote) => string.Join(
        " UNION ALL ", rows.Select(row => $"SELECT {string.Join(", ", columns.Select((_, i) => $"{(row[i] is { } cell ? quote(cell) : "CAST(NULL AS VARCHAR(100))")} AS x{i}"))}"));

    private static string Literal(string text) => $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";
}
