using System.Text.Json.Nodes;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Filters;

/// <summary>A call of a function in a filter.</summary>
internal sealed class FilterCall(FilterWriter writer, JsonNode node)
{
    private readonly IReadOnlyList<JsonNode> _arguments = node.Children();

    /// <summary>The function, by DuckDB's name.</summary>
    public string Name { get; } = node.Function();

    /// <summary>The type of what it gives.</summary>
    public string Result { get; } = writer.TypeOf(node);

    /// <summary>How many arguments it has.</summary>
    public int Count => _arguments.Count;

    /// <summary>The type of an argument.</summary>
    public string TypeOf(int index) => writer.TypeOf(_arguments[index]);

    /// <summary>An argument as a value of a type.</summary>
    public SqlStatement Argument(int index, string type) => writer.Write(_arguments[index], type);

    /// <summary>All arguments as values of one type.</summary>
    public IEnumerable<SqlStatement> Arguments(string type) => _arguments.Select(argument => writer.Write(argument, type));

    /// <summary>Whether every argument is of a type.</summary>
    public bool AreAll(string type) => _arguments.All(argument => writer.TypeOf(argument) == type);

    /// <summary>Whether an argument is the same for every row.</summary>
    public bool IsConstant(int index) => _arguments[index].IsConstant();

    /// <summary>The text that stands in the filter for an argument; null when it is anything else.</summary>
    public string? Literal(int index) => index < Count ? _arguments[index].TextLiteral() : null;

    /// <summary>The whole number that stands in the filter for an argument; null when it is anything else.</summary>
    public int? Whole(int index) => index < Count ? _arguments[index].WholeLiteral() : null;

    /// <summary>The months, days and microseconds of an argument that is an interval and the same for every row.</summary>
    public (long Months, long Days, long Microseconds)? Interval(int index) => writer.Interval(_arguments[index]);
}
