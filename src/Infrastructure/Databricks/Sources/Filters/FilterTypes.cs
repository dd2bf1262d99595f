using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using Mirion.Generation.Infrastructure.Databricks.Sources.Tables;
using Mirion.Generation.Infrastructure.Sources.Filters;
using Mirion.Generation.Infrastructure.Sources.Queries;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Filters;

/// <summary>
/// The type of every part of a filter, as DuckDB sees it over columns of the table's types. What a filter means is settled by these, so that it means the same on every
/// workspace, and whatever does not fit together is refused in the same words.
/// </summary>
internal sealed class FilterTypes
{
    private readonly Dictionary<JsonNode, string> _types;
    private readonly Dictionary<JsonNode, string> _compared;

    private FilterTypes(Dictionary<JsonNode, string> types, Dictionary<JsonNode, string> compared) => (_types, _compared) = (types, compared);

    /// <summary>The type of a node.</summary>
    public string Of(JsonNode node) => _types[node];

    /// <summary>The type in which the children of a node are compared; none where <see cref="OtherThanText(JsonNode)"/> has something.</summary>
    public string Compared(JsonNode node) => _compared[node];

    /// <summary>The type of a child that text is compared with, when it is another: DuckDB would read the text as such, row by row.</summary>
    public string? OtherThanText(JsonNode node) => OtherThanText(node, _types);

    /// <summary>Finds the types of a filter whose columns all have a type in DuckDB.</summary>
    /// <exception cref="DuckDBException">Parts of it do not fit together.</exception>
    public static async Task<FilterTypes> FindAsync(DuckDBConnection connection, CheckedFilter filter, CancellationToken cancellationToken)
    {
        var nodes = filter.Expression.Self().ToArray();
        var types = await DescribeAsync(connection, filter, nodes, node => node.DeepClone(), cancellationToken);
        var comparing = nodes.Where(node => node.Compares() && OtherThanText(node, types) is null).ToArray();
        return new FilterTypes(types, await DescribeAsync(connection, filter, comparing, Common, cancellationToken));
    }

    /// <summary>Expressions of a filter as DuckDB writes them, with commas between.</summary>
    public static Task<string> WriteAsync(DuckDBConnection connection, CheckedFilter filter, IEnumerable<JsonNode> expressions, CancellationToken cancellationToken)
    {
        var statement = filter.Statement.DeepClone();
        var list = FilterSyntax.Selected(statement);
        list.Clear();
        foreach (var expression in expressions) list.Add(expression);
        return FilterSyntax.WriteAsync(connection, statement, cancellationToken);
    }

    private static async Task<Dictionary<JsonNode, string>> DescribeAsync(
        DuckDBConnection connection, CheckedFilter filter, JsonNode[] nodes, Func<JsonNode, JsonNode> expressionOf, CancellationToken cancellationToken)
    {
        if (nodes.Length == 0) return [];
        var selected = await WriteAsync(connection, filter, nodes.Select(expressionOf), cancellationToken);
        var columns = filter.Columns.Cast<DeltaColumn>().Select(column => $"CAST(NULL AS {column.Type.DuckDb}) AS {column.Alias}").DefaultIfEmpty("1 AS nothing");
        var types = await new SqlQuery($"DESCRIBE SELECT {selected} FROM (SELECT {string.Join(", ", columns)})").ListAsync(connection, row => row.GetString(1), cancellationToken);
        return nodes.Zip(types).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private static string? OtherThanText(JsonNode node, Dictionary<JsonNode, string> types) =>
        node.Children().Any(child => types[child] == "VARCHAR" && !child.IsTextLiteral()) ? node.Children().Select(child => types[child]).FirstOrDefault(type => type is not ("VARCHAR" or "\"NULL\"")) : null;

    // The type that all of them go into is the one that COALESCE has.
    private static JsonNode Common(JsonNode node) => new JsonObject
    {
        ["class"] = "OPERATOR",
        ["type"] = "OPERATOR_COALESCE",
        ["alias"] = "",
        ["query_location"] = 0,
        ["children"] = new JsonArray([.. node.Children().Select(child => child.DeepClone())]),
    };
}
