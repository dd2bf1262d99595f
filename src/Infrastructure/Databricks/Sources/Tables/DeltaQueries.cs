using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Tables;

/// <summary>Writes the queries over a sheet's table. In every row of items <c>ref</c> is the item's name, and <c>v0</c>, <c>v1</c> … are the values.</summary>
internal static class DeltaQueries
{
    /// <summary>The items in item order: one statement for the whole reading.</summary>
    public static SqlStatement Items(DeltaTable table, IReadOnlyList<DeltaColumn> columns, int? limit)
    {
        var sheet = table.Sheet;
        var most = sheet.Sampling is SamplingStrategy.First ? Math.Min(limit ?? int.MaxValue, sheet.SampleSize ?? 0) : limit;
        // Text is compared by its UTF-8 bytes, which is the order of code points.
        var ordered = SqlStatement.Of($"SELECT * FROM ({Chosen(table, columns)}) ORDER BY ref");
        return most is { } count ? SqlStatement.Of($"{ordered} LIMIT {count}") : ordered;
    }

    /// <summary>Those of the named items that the sheet has.</summary>
    public static SqlStatement Named(DeltaTable table, IReadOnlyList<DeltaColumn> columns, IReadOnlyCollection<string> items) => table.Sheet.Sampling is SamplingStrategy.All
        ? SqlStatement.Of($"SELECT * FROM ({Rows(table, columns)}) WHERE ref IN ({new SqlTexts(items)})")
        // A sample is small: its rows are looked at one by one.
        : SqlStatement.Of($"SELECT * FROM ({Items(table, columns, limit: null)}) WHERE array_contains({new SqlValue(ColumnKind.TextList, items)}, ref)");

    /// <summary>One row: how many rows pass the filter, how many of them have no name, and how many names stand more than once.</summary>
    public static SqlStatement Census(DeltaTable table)
    {
        // White space as the embedded workspace knows it.
        const string Something = "[^\t\n\f\r ]";
        return SqlStatement.Of(
            $"""
            SELECT coalesce(sum(n), 0) AS total, coalesce(sum(CASE WHEN ref IS NULL OR NOT ref RLIKE {Something} THEN n ELSE 0 END), 0) AS nameless,
                coalesce(sum(CASE WHEN n > 1 THEN 1 ELSE 0 END), 0) AS repeated
            FROM (SELECT ref, count(*) AS n FROM ({Rows(table, [])}) GROUP BY ref)
            """);
    }

    // Sampling at random by hash: the same items on every read, and on every workspace.
    private static SqlStatement Chosen(DeltaTable table, IReadOnlyList<DeltaColumn> columns) => table.Sheet.Sampling is SamplingStrategy.Random
        ? SqlStatement.Of($"SELECT * FROM ({Rows(table, columns)}) ORDER BY md5(concat({table.Sheet.Id.Value}, '/', ref)), ref LIMIT {table.Sheet.SampleSize ?? 0}")
        : Rows(table, columns);

    private static SqlStatement Rows(DeltaTable table, IReadOnlyList<DeltaColumn> columns)
    {
        var values = columns.Select((column, index) => SqlStatement.Of($"{column.Text} AS {new SqlName(Value(index))}"));
        var selected = SqlStatement.Of($"SELECT {SqlStatement.List([SqlStatement.Of($"{table.Id.Text} AS ref"), .. values])} FROM {table.Sql}");
        return table.Filter is { } filter ? SqlStatement.Of($"{selected} WHERE {filter}") : selected;
    }

    /// <summary>What the value of a column is called in a row.</summary>
    public static string Value(int index) => $"v{index}";
}
