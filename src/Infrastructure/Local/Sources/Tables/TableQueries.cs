using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Sources.Queries;

namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>Writes the queries over a sheet's table. What comes first in every row of items is the item's name.</summary>
internal static class TableQueries
{
    /// <summary>The items in item order, as one query that DuckDB sorts once.</summary>
    public static SqlQuery Items(SheetTable table, IReadOnlyList<string> selected, int? limit)
    {
        var (sheet, parameters) = (table.Sheet, ParametersOf(table));
        var most = sheet.Sampling is SamplingStrategy.First ? Math.Min(limit ?? int.MaxValue, sheet.SampleSize ?? 0) : limit;
        if (most is not null) parameters.Add(("most", (long)most));
        return new SqlQuery($"SELECT * FROM ({Chosen(table, selected)}) ORDER BY ref{(most is null ? string.Empty : " LIMIT $most")}", parameters);
    }

    /// <summary>Those of the named items that an unsampled sheet has.</summary>
    public static SqlQuery Named(SheetTable table, IReadOnlyList<string> selected, IEnumerable<ItemRef> items) => new(
        $"SELECT * FROM ({Rows(table, selected)}) WHERE ref IN (SELECT unnest($items))",
        [.. ParametersOf(table), ("items", items.Select(item => item.Value).ToList())]);

    /// <summary>One row: how many rows pass the filter, how many of them have no name, and how many names stand more than once.</summary>
    public static SqlQuery Census(SheetTable table)
    {
        const string Nameless = @"ref IS NULL OR NOT regexp_matches(ref, '\S')";
        return new SqlQuery(
            $"""
            SELECT CAST(coalesce(sum(rows), 0) AS BIGINT), CAST(coalesce(sum(rows) FILTER (WHERE {Nameless}), 0) AS BIGINT), count(*) FILTER (WHERE rows > 1)
            FROM (SELECT ref, count(*) AS rows FROM ({Rows(table, [])}) GROUP BY ref)
            """,
            [table.File.Parameter]);
    }

    // Sampling at random by hash: the same items on every read, and on every workspace.
    private static string Chosen(SheetTable table, IReadOnlyList<string> selected) => table.Sheet.Sampling is SamplingStrategy.Random
        ? $"SELECT * FROM ({Rows(table, selected)}) ORDER BY md5($sheet || '/' || ref), ref LIMIT $sample"
        : Rows(table, selected);

    private static string Rows(SheetTable table, IReadOnlyList<string> selected)
    {
        var values = string.Concat(selected.Select((expression, index) => $", {expression} AS v{index}"));
        var from = table.Filter is { } filter ? $"{filter.Typed(table.Shape.From)} WHERE {filter.Condition}" : table.Shape.From;
        return $"SELECT {table.Id.Text} AS ref{values} FROM {from}";
    }

    private static List<(string Name, object Value)> ParametersOf(SheetTable table) => table.Sheet.Sampling is SamplingStrategy.Random
        ? [table.File.Parameter, ("sheet", table.Sheet.Id.Value), ("sample", (long)(table.Sheet.SampleSize ?? 0))]
        : [table.File.Parameter];
}
