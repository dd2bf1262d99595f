using System.Text.Json.Nodes;
using Mirion.Generation.Infrastructure.Databricks.Sources.Tables;
using Mirion.Generation.Infrastructure.Sources.Filters;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Filters;

/// <summary>
/// Writes a checked filter as Databricks SQL: columns are names, constants parameters, everything else is spelled out here. Every part is of the type that it has in DuckDB, by a
/// cast where need be. What would mean something else there is refused.
/// </summary>
internal sealed class FilterWriter(FilterTypes types, FilterConstants constants, IReadOnlyCollection<FilterColumn> columns)
{
    private static readonly SqlStatement Nothing = SqlStatement.Of($"NULL");

    /// <summary>Why it cannot be written; null when it can.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The type that a node has.</summary>
    public string TypeOf(JsonNode node) => types.Of(node);

    /// <summary>Notes why the filter cannot be written; what is returned then is never run.</summary>
    public SqlStatement Refuse(string reason)
    {
        Refusal ??= reason;
        return Nothing;
    }

    /// <summary>The node as a value of a type that it converts to by itself.</summary>
    public SqlStatement Write(JsonNode node, string type)
    {
        if (node.IsConstant()) return constants.Of(node, type) ?? Refuse($"It has a value of type {type}, which Databricks does not have.");
        var own = TypeOf(node);
        return FilterCasts.Convert(Write(node), own, type) ?? Refuse(NoCast(own, type));
    }

    /// <summary>The months, days and microseconds of a node that is an interval.</summary>
    public (long Months, long Days, long Microseconds)? Interval(JsonNode node) => node.IsConstant() ? constants.Interval(node) : null;

    /// <summary>The node as it is.</summary>
    public SqlStatement Write(JsonNode node) => node.IsConstant() ? Write(node, TypeOf(node)) : node.Kind() switch
    {
        "COLUMN_REF" => Column(node),
        "COMPARISON" => Comparison(node),
        "BETWEEN" => Between(node),
        "CONJUNCTION" => Joined(node),
        "CASE" => Case(node),
        "CAST" => Cast(node),
        "OPERATOR" => Operator(node),
        _ => FilterFunctions.Write(this, node),
    };

    private static string NoCast(string from, string to) =>
        $"A conversion from {from} to {to} gives other values on Databricks than on an embedded workspace, and is not available there.";

    // A moment is the wall clock in UTC, whatever zone the session has.
    private SqlStatement Column(JsonNode node)
    {
        var names = node["column_names"]!.AsArray().Select(name => name!.GetValue<string>()).ToArray();
        var column = (DeltaColumn)columns.First(column => column.Alias == names[0]);
        var name = new SqlName([column.Name, .. names[1..]]);
        var type = names.Length == 1 ? column.Type : FieldOf(column.Type, names[1..]);
        return type switch
        {
            { Name: "TIMESTAMP" } => SqlStatement.Of($"convert_timezone('UTC', {name})"),
            { Name: "STRING" } when !column.TypeText.Equals("string", StringComparison.OrdinalIgnoreCase) => SqlStatement.Of($"CAST({name} AS STRING)"),
            _ => SqlStatement.Of($"{name}"),
        };
    }

    private static DeltaType FieldOf(DeltaType type, IEnumerable<string> path) =>
        path.Aggregate(type, (outer, field) => outer.Parts.First(part => part.Name.Equals(field, StringComparison.OrdinalIgnoreCase)).Type);

    private SqlStatement Comparison(JsonNode node)
    {
        if (Comparable(node) is not [var left, var right]) return Nothing;
        return node.Sort() switch
        {
            "COMPARE_EQUAL" => SqlStatement.Of($"({left} = {right})"),
            "COMPARE_NOTEQUAL" => SqlStatement.Of($"({left} <> {right})"),
            "COMPARE_LESSTHAN" => SqlStatement.Of($"({left} < {right})"),
            "COMPARE_GREATERTHAN" => SqlStatement.Of($"({left} > {right})"),
            "COMPARE_LESSTHANOREQUALTO" => SqlStatement.Of($"({left} <= {right})"),
            "COMPARE_GREATERTHANOREQUALTO" => SqlStatement.Of($"({left} >= {right})"),
            "COMPARE_DISTINCT_FROM" => SqlStatement.Of($"({left} IS DISTINCT FROM {right})"),
            "COMPARE_NOT_DISTINCT_FROM" => SqlStatement.Of($"({left} IS NOT DISTINCT FROM {right})"),
            var other => Refuse($"{other} is not available on Databricks."),
        };
    }

    private SqlStatement Between(JsonNode node) =>
        Comparable(node) is [var value, var low, var high] ? SqlStatement.Of($"({value} BETWEEN {low} AND {high})") : Nothing;

    // What is compared, in the type in which DuckDB compares it; null when there is none on Databricks.
    private IReadOnlyList<SqlStatement>? Comparable(JsonNode node)
    {
        if (types.OtherThanText(node) is { } other)
        {
            Refuse($"It compares text with a value of type {other}; say with CAST or TRY_CAST what the text is to be read as.");
            return null;
        }

        var type = types.Compared(node);
        if (DatabricksTypes.Of(type) is not null) return [.. node.Children().Select(child => Write(child, type))];
        Refuse($"Values of type {type} cannot be compared on Databricks.");
        return null;
    }

    private SqlStatement Joined(JsonNode node)
    {
        var parts = node.Children().Select(child => Write(child, "BOOLEAN"));
        return node.Sort() == "CONJUNCTION_AND"
            ? SqlStatement.Of($"({parts.Aggregate((left, right) => SqlStatement.Of($"{left} AND {right}"))})")
            : SqlStatement.Of($"({parts.Aggregate((left, right) => SqlStatement.Of($"{left} OR {right}"))})");
    }

    private SqlStatement Case(JsonNode node)
    {
        var type = TypeOf(node);
        var text = node["case_checks"]!.AsArray().Aggregate(
            SqlStatement.Of($"CASE"), (text, check) => SqlStatement.Of($"{text} WHEN {Write(check!["when_expr"]!, "BOOLEAN")} THEN {Write(check["then_expr"]!, type)}"));
        return node["else_expr"] is { } other ? SqlStatement.Of($"{text} ELSE {Write(other, type)} END") : SqlStatement.Of($"{text} END");
    }

    private SqlStatement Cast(JsonNode node)
    {
        var (child, type) = (node.Children()[0], TypeOf(node));
        return FilterCasts.Convert(Write(child), TypeOf(child), type, node["try_cast"]!.GetValue<bool>()) ?? Refuse(NoCast(TypeOf(child), type));
    }

    private SqlStatement Operator(JsonNode node)
    {
        var children = node.Children();
        switch (node.Sort())
        {
            case "OPERATOR_NOT": return SqlStatement.Of($"(NOT {Write(children[0], "BOOLEAN")})");
            case "OPERATOR_IS_NULL": return SqlStatement.Of($"({Write(children[0])} IS NULL)");
            case "OPERATOR_IS_NOT_NULL": return SqlStatement.Of($"({Write(children[0])} IS NOT NULL)");
            case "OPERATOR_COALESCE": return SqlStatement.Of($"coalesce({SqlStatement.List(children.Select(child => Write(child, TypeOf(node))))})");
            case "COMPARE_IN" or "COMPARE_NOT_IN":
                if (Comparable(node) is not { } parts) return Nothing;
                var isIn = SqlStatement.Of($"({parts[0]} IN ({SqlStatement.List(parts.Skip(1))}))");
                return node.Sort() == "COMPARE_IN" ? isIn : SqlStatement.Of($"(NOT {isIn})");
            case var other: return Refuse($"{other} is not available on Databricks.");
        }
    }
}
