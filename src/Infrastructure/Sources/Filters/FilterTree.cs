using System.Text.Json.Nodes;

namespace Mirion.Generation.Infrastructure.Sources.Filters;

/// <summary>Checks the tree of one expression, and has it call columns by their aliases.</summary>
internal sealed class FilterTree(IReadOnlyList<FilterColumn> columns)
{
    private readonly HashSet<FilterColumn> _columns = [];

    /// <summary>The columns referred to so far.</summary>
    public IReadOnlyCollection<FilterColumn> Columns => _columns;

    /// <summary>Why the expression is not allowed, or null when it is.</summary>
    public string? Refuse(JsonNode? node)
    {
        if (node is null) return null;
        var (kind, type) = (Text(node, "class"), Text(node, "type"));
        return kind switch
        {
            "CONSTANT" => null,
            "COLUMN_REF" => RefuseColumn(node["column_names"]!.AsArray()),
            "COMPARISON" => RefuseAll(node["left"], node["right"]),
            "CONJUNCTION" => RefuseAll([.. node["children"]!.AsArray()]),
            "BETWEEN" => RefuseAll(node["input"], node["lower"], node["upper"]),
            "CASE" => RefuseAll([.. node["case_checks"]!.AsArray().SelectMany(check => new[] { check!["when_expr"], check["then_expr"] }), node["else_expr"]]),
            "CAST" => RefuseCast(node),
            "OPERATOR" when FilterVocabulary.Operators.Contains(type) => RefuseAll([.. node["children"]!.AsArray()]),
            "FUNCTION" => RefuseFunction(node),
            _ => $"{FilterVocabulary.Describe(kind, type)} is not allowed. {FilterVocabulary.Allowed}",
        };
    }

    private string? RefuseAll(params IEnumerable<JsonNode?> nodes) => nodes.Select(Refuse).FirstOrDefault(reason => reason is not null);

    private string? RefuseCast(JsonNode node)
    {
        var type = Text(node["cast_type"]!, "id");
        return FilterVocabulary.Types.Contains(type) ? Refuse(node["child"]) : $"A cast to {type} is not allowed.";
    }

    private string? RefuseFunction(JsonNode node)
    {
        var name = Text(node, "function_name");
        var plain = FilterVocabulary.Functions.Contains(name)
            && Text(node, "schema") is "" or "main"
            && Text(node, "catalog").Length == 0
            && node["filter"] is null
            && node["order_bys"]!["orders"] is JsonArray { Count: 0 }
            && !node["distinct"]!.GetValue<bool>()
            && !node["export_state"]!.GetValue<bool>();
        return plain ? RefuseAll([.. node["children"]!.AsArray()]) : $"The function '{name}' is not allowed. {FilterVocabulary.Allowed}";
    }

    // SQL does not tell names apart by letter case; where the columns do, only the exact name will do. What follows the first name are fields.
    private string? RefuseColumn(JsonArray names)
    {
        var name = names[0]!.GetValue<string>();
        var alike = columns.Where(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase)).ToList();
        if ((alike.Find(column => column.Name == name) ?? (alike is [var only] ? only : null)) is not { } column)
        {
            var known = columns.Select(column => column.Name).ToArray();
            return $"There is no column '{name}'. {Nearest.Question(name, known)}The columns are: {string.Join(", ", known)}.";
        }

        _columns.Add(column);
        names[0] = column.Alias;
        return null;
    }

    private static string Text(JsonNode node, string member) => node[member]?.GetValue<string>() ?? string.Empty;
}
