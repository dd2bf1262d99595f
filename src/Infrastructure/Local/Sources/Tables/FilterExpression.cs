using System.Text.Json;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>A filter found harmless.</summary>
/// <param name="Condition">The condition over the aliases of typed columns.</param>
/// <param name="Columns">The columns it refers to.</param>
internal sealed record TableFilter(string Condition, IReadOnlyCollection<TableColumn> Columns)
{
    /// <summary>What stands behind <paramref name="from"/>, with the typed columns beside it.</summary>
    public string Typed(string from) => $"(SELECT *{string.Concat(Columns.Select(column => $", {column.Typed} AS {column.Alias}"))} FROM {from})";
}

/// <summary>
/// Reads a sheet's <c>filter_expression</c>. DuckDB parses it into a tree; the tree is checked node by node against a list of what is allowed, and
/// what is run in the end is written anew from the checked tree, never the text that somebody sent.
/// </summary>
internal static class FilterExpression
{
    private const int LongestText = 10_000;
    private const int DeepestTree = 200;
    private const string Select = "SELECT ";

    /// <summary>The filter that <paramref name="text"/> is, or why it is none.</summary>
    public static async Task<Result<TableFilter>> CheckAsync(
        DuckDBConnection connection, string text, TableFile file, TableShape shape, CancellationToken cancellationToken)
    {
        if (text.Length > LongestText) return SheetErrors.FilterInvalid($"It is longer than {LongestText} characters.");
        try
        {
            if (!Read(await ParseAsync(connection, text, cancellationToken), shape).TryGet(out var read, out var error)) return error;
            var condition = await WriteAsync(connection, read.Tree, cancellationToken);
            var filter = new TableFilter(condition, read.Columns);
            return await TypeOfAsync(connection, filter, file, shape, cancellationToken) is var type && type == "BOOLEAN"
                ? filter
                : SheetErrors.FilterInvalid($"It must be true or false for a row, but is {type}.");
        }
        catch (DuckDBException e)
        {
            return SheetErrors.FilterInvalid(DuckDbFaults.Complaint(e.Message));
        }
    }

    private static Result<(JsonNode Tree, IReadOnlyCollection<TableColumn> Columns)> Read(string tree, TableShape shape)
    {
        JsonNode parsed;
        try
        {
            parsed = JsonNode.Parse(tree, documentOptions: new JsonDocumentOptions { MaxDepth = DeepestTree })!;
        }
        catch (JsonException)
        {
            return SheetErrors.FilterInvalid("It is nested too deeply.");
        }

        if (parsed["error"]!.GetValue<bool>())
        {
            return SheetErrors.FilterInvalid($"It is no expression: {DuckDbFaults.Complaint(parsed["error_message"]!.GetValue<string>())}.");
        }

        if (SoleExpression(parsed) is not { } expression) return SheetErrors.FilterInvalid("Give one expression over the columns, and nothing around it.");
        var check = new FilterTree(shape);
        return check.Refuse(expression) is { } reason ? SheetErrors.FilterInvalid(reason) : (parsed, check.Columns);
    }

    // A SELECT of one unnamed thing and of nothing else: whatever clause somebody smuggles in shows up as a member that is not at rest.
    private static JsonNode? SoleExpression(JsonNode tree)
    {
        if (tree["statements"] is not JsonArray { Count: 1 } statements || statements[0]!["node"] is not { } node) return null;
        var bare = node["type"]!.GetValue<string>() == "SELECT_NODE"
            && node["modifiers"] is JsonArray { Count: 0 }
            && node["cte_map"]!["map"] is JsonArray { Count: 0 }
            && node["from_table"]!["type"]!.GetValue<string>() == "EMPTY"
            && node["group_expressions"] is JsonArray { Count: 0 }
            && node["group_sets"] is JsonArray { Count: 0 }
            && node["aggregate_handling"]!.GetValue<string>() == "STANDARD_HANDLING"
            && node["where_clause"] is null && node["having"] is null && node["sample"] is null && node["qualify"] is null;
        return bare && node["select_list"] is JsonArray { Count: 1 } list && list[0]!["alias"]!.GetValue<string>().Length == 0 ? list[0] : null;
    }

    private static Task<string> ParseAsync(DuckDBConnection connection, string text, CancellationToken cancellationToken) =>
        new SqlQuery("SELECT CAST(json_serialize_sql(CAST($statement AS VARCHAR)) AS VARCHAR)", ("statement", Select + text))
            .SingleAsync(connection, row => row.GetString(0), cancellationToken);

    private static async Task<string> WriteAsync(DuckDBConnection connection, JsonNode tree, CancellationToken cancellationToken)
    {
        var statement = await new SqlQuery("SELECT json_deserialize_sql(CAST($tree AS JSON))", ("tree", tree.ToJsonString()))
            .SingleAsync(connection, row => row.GetString(0), cancellationToken);
        return $"({statement[Select.Length..]})";
    }

    private static Task<string> TypeOfAsync(
        DuckDBConnection connection, TableFilter filter, TableFile file, TableShape shape, CancellationToken cancellationToken) =>
        new SqlQuery($"DESCRIBE SELECT {filter.Condition} FROM {filter.Typed(shape.From)}", file.Parameter)
            .SingleAsync(connection, row => row.GetString(1), cancellationToken);
}
