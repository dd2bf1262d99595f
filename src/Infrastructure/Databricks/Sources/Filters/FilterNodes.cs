using System.Text.Json.Nodes;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Filters;

/// <summary>The nodes of a checked filter, by the names that DuckDB's syntax tree has for them.</summary>
internal static class FilterNodes
{
    /// <summary>What kind of node it is, such as <c>COMPARISON</c>.</summary>
    public static string Kind(this JsonNode node) => node["class"]!.GetValue<string>();

    /// <summary>Which of its kind it is, such as <c>COMPARE_EQUAL</c>.</summary>
    public static string Sort(this JsonNode node) => node["type"]!.GetValue<string>();

    /// <summary>The function that a node calls, in lower case.</summary>
    public static string Function(this JsonNode node) => node["function_name"]!.GetValue<string>().ToLowerInvariant();

    /// <summary>The nodes directly below, in their order.</summary>
    public static IReadOnlyList<JsonNode> Children(this JsonNode node) => node.Kind() switch
    {
        "COMPARISON" => [node["left"]!, node["right"]!],
        "BETWEEN" => [node["input"]!, node["lower"]!, node["upper"]!],
        "CAST" => [node["child"]!],
        "CASE" => [.. node["case_checks"]!.AsArray().SelectMany(check => new[] { check!["when_expr"]!, check["then_expr"]! }), .. node["else_expr"] is { } other ? [other] : Array.Empty<JsonNode>()],
        "CONJUNCTION" or "OPERATOR" or "FUNCTION" => [.. node["children"]!.AsArray().Select(child => child!)],
        _ => [],
    };

    /// <summary>The node and all below it.</summary>
    public static IEnumerable<JsonNode> Self(this JsonNode node) => node.Children().SelectMany(Self).Prepend(node);

    /// <summary>Whether what a node says is the same for every row.</summary>
    public static bool IsConstant(this JsonNode node) => node.Self().All(part => part.Kind() != "COLUMN_REF");

    /// <summary>Whether the children are compared with each other, and so must be of one type.</summary>
    public static bool Compares(this JsonNode node) => node.Kind() is "COMPARISON" or "BETWEEN" || (node.Kind() == "OPERATOR" && node.Sort() is "COMPARE_IN" or "COMPARE_NOT_IN");

    /// <summary>A text that stands in the filter as it is.</summary>
    public static bool IsTextLiteral(this JsonNode node) => node.Literal() is { } value && value.GetValueKind() is System.Text.Json.JsonValueKind.String && node["value"]!["type"]!["id"]!.GetValue<string>() == "VARCHAR";

    /// <summary>The text that stands in the filter as it is, or null.</summary>
    public static string? TextLiteral(this JsonNode node) => node.IsTextLiteral() ? node.Literal()!.GetValue<string>() : null;

    /// <summary>The small whole number that stands in the filter as it is, or null.</summary>
    public static int? WholeLiteral(this JsonNode node) =>
        node.Literal() is { } value && node["value"]!["type"]!["id"]!.GetValue<string>() is "INTEGER" or "INTEGER_LITERAL" && value.AsValue().TryGetValue<int>(out var number) ? number : null;

    private static JsonNode? Literal(this JsonNode node) => node.Kind() == "CONSTANT" ? node["value"]!["value"] : null;
}
