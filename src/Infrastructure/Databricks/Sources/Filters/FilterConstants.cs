using System.Globalization;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using Mirion.Generation.Infrastructure.Sources.Filters;
using Mirion.Generation.Infrastructure.Sources.Queries;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Filters;

/// <summary>
/// What a filter says without looking at a row, such as <c>DATE '2026-01-01' + INTERVAL 1 DAY</c>: computed here, by the engine that defines what filters mean, and sent as the
/// value of a parameter. They are asked for twice: before they are computed, which notes them, and after.
/// </summary>
internal sealed class FilterConstants
{
    private static readonly SqlStatement Nothing = SqlStatement.Of($"NULL");

    private readonly Dictionary<(JsonNode Node, string Type), string?> _values = [];

    /// <summary>A constant as a value of a type; null for a type that Databricks does not have.</summary>
    public SqlStatement? Of(JsonNode node, string type)
    {
        if (DatabricksTypes.Of(type) is not { } name) return null;
        if (_values.TryAdd((node, type), null)) return Nothing;
        return _values[(node, type)] is { } text ? Value(text, type, name) : SqlStatement.Of($"CAST(NULL AS {name})");
    }

    /// <summary>The months, days and microseconds of an interval; null when it is none.</summary>
    public (long Months, long Days, long Microseconds)? Interval(JsonNode node)
    {
        if (_values.TryAdd((node, "INTERVAL"), null)) return (0, 0, 0);
        return _values[(node, "INTERVAL")]?.Split(' ').Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray() is [var months, var days, var rest] ? (months, days, rest) : null;
    }

    /// <summary>Computes those that were asked for.</summary>
    /// <exception cref="DuckDBException">One of them has no value, such as <c>CAST('x' AS INTEGER)</c>.</exception>
    public async Task ComputeAsync(DuckDBConnection connection, CheckedFilter filter, CancellationToken cancellationToken)
    {
        var wanted = _values.Keys.ToArray();
        if (wanted.Length == 0) return;
        var expressions = await FilterTypes.WriteAsync(connection, filter, wanted.Select(constant => constant.Node.DeepClone()), cancellationToken);
        var names = wanted.Select((_, index) => $"c{index}").ToArray();
        var texts = string.Join(", ", wanted.Zip(names, (constant, name) => Text(name, constant.Type)));
        var values = await new SqlQuery($"SELECT {texts} FROM (SELECT {expressions}) AS constants({string.Join(", ", names)})")
            .SingleAsync(connection, row => wanted.Select((_, index) => row.IsDBNull(index) ? null : row.GetString(index)).ToArray(), cancellationToken);
        foreach (var (constant, value) in wanted.Zip(values)) _values[constant] = value;
    }

    private static string Text(string name, string type) => type switch
    {
        "INTERVAL" => $"concat_ws(' ', {IntervalPart("year", name)} * 12 + {IntervalPart("month", name)}, {IntervalPart("day", name)}, "
            + $"{IntervalPart("hour", name)} * 3600000000 + {IntervalPart("minute", name)} * 60000000 + {IntervalPart("microsecond", name)})",
        // The clock in UTC, which is the zone of this database.
        "TIMESTAMP WITH TIME ZONE" => $"CAST(CAST(CAST({name} AS {type}) AS TIMESTAMP) AS VARCHAR)",
        _ => $"CAST(CAST({name} AS {type}) AS VARCHAR)",
    };

    private static string IntervalPart(string part, string name) => $"date_part('{part}', {name})";

    private static SqlStatement Value(string text, string type, SqlStatement name) => type switch
    {
        "VARCHAR" => SqlStatement.Of($"{text}"),
        "INTEGER" => SqlStatement.Of($"{int.Parse(text, CultureInfo.InvariantCulture)}"),
        "BIGINT" => SqlStatement.Of($"{long.Parse(text, CultureInfo.InvariantCulture)}"),
        "BOOLEAN" => SqlStatement.Of($"{new SqlValue(ColumnKind.Boolean, text == "true")}"),
        "DOUBLE" when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => SqlStatement.Of($"{new SqlValue(ColumnKind.Double, number)}"),
        "FLOAT" or "DOUBLE" => SqlStatement.Of($"CAST({Word(text)} AS {name})"),
        _ => SqlStatement.Of($"CAST({text} AS {name})"),
    };

    private static string Word(string text) => text switch
    {
        "inf" => "Infinity",
        "-inf" => "-Infinity",
        "nan" => "NaN",
        _ => text,
    };
}
