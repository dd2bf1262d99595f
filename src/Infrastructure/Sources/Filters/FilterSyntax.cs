using System.Text.Json;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Sources.Queries;

namespace Mirion.Generation.Infrastructure.Sources.Filters;

/// <summary>A filter found harmless, as a tree.</summary>
/// <param name="Statement">The statement that has the expression for the only thing it selects.</param>
/// <param name="Columns">The columns it refers to, which it calls by their aliases.</param>
internal sealed record CheckedFilter(JsonNode Statement, IReadOnlyCollection<FilterColumn> Columns)
{
    /// <summary>The expression itself.</summary>
    public JsonNode Expression => FilterSyntax.Selected(Statement)[0]!;
}

/// <summary>
/// Reads a sheet's <c>filter_expression</c>, whatever workspace its table is in. DuckDB parses it into a tree, and the tree is checked node by node against a list of what is
/// allowed; what is run in the end is written anew from the checked tree, never the text that somebody sent.
/// </summary>
internal static class FilterSyntax
{
    private const int LongestText = 10_000;
    private const int DeepestTree = 200;
    private const string Select = "SELECT ";

    /// <summary>The filter that <paramref name="text"/> is over these columns, or why it is none.</summary>
    /// <exception cref="DuckDBException">DuckDB cannot read it.</exception>
    public static async Task<Result<CheckedFilter>> ReadAsync(
        DuckDBConnection connection, string text, IReadOnlyList<FilterColumn> columns, CancellationToken cancellationToken)
    {
        if (text.Length > LongestText) return SheetErrors.FilterInvalid($"It is longer than {LongestText} characters.");
        var tree = await new SqlQuery("SELECT CAST(json_serialize_sql(CAST($statement AS VARCHAR)) AS VARCHAR)", ("statement", Select + text))
            .SingleAsync(connection, row => row.GetString(0), cancellationToken);
        return Check(tree, columns);
    }

    /// <summary>What the statement selects.</summary>
    public static JsonArray Selected(JsonNode statement) => statement["statements"]![0]!["node"]!["select_list"]!.AsArray();

    /// <summary>What a checked statement selects, as text that DuckDB can run.</summary>
    public static async Task<string> WriteAsync(DuckDBConnection connection, JsonNode statement, CancellationToken cancellationToken)
    {
        var text = await new SqlQuery("SELECT json_deserialize_sql(CAST($tree AS JSON))", ("tree", statement.ToJsonString()))
            .SingleAsync(connection, row => row.GetString(0), cancellationToken);
        return text[Select.Length..];
    }

    /// <summary>What DuckDB has against a statement: the first line, without its class. Only for what is said before any data is read.</summary>
    public static string Complaint(string message)
    {
        var first = message.Split('\n')[0].Trim();
        var start = first.IndexOf("Error: ", StringComparison.Ordinal);
        return start < 0 ? first : first[(start + "Error: ".Length)..];
    }

    /// <summary>A filter that is an expression, but of another type than it must be.</summary>
    public static Error NoCondition(string type) => SheetErrors.FilterInvalid($"It must be true or false for a row, but is {type}.");

    private static Result<CheckedFilter> Check(string tree, IReadOnlyList<FilterColumn> columns)
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
            return SheetErrors.FilterInvalid($"It is no expression: {Complaint(parsed["error_message"]!.GetValue<string>())}.");
        }

        if (SoleExpression(parsed) is not { } expression) return SheetErrors.FilterInvalid("Give one expression over the columns, and nothing around it.");
        var check = new FilterTree(columns);
        return check.Refuse(expression) is { } reason ? SheetErrors.FilterInvalid(reason) : new CheckedFilter(parsed, check.Columns);
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
}
