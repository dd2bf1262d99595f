using System.Globalization;
using System.Runtime.CompilerServices;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Filters;

/// <summary>Databricks' names of the types that a part of a filter may have, which are DuckDB's. Both kinds of moment are wall clocks in UTC there.</summary>
internal static class DatabricksTypes
{
    private static readonly Dictionary<string, SqlStatement> Plain = new()
    {
        ["BOOLEAN"] = SqlStatement.Of($"BOOLEAN"),
        ["TINYINT"] = SqlStatement.Of($"TINYINT"),
        ["SMALLINT"] = SqlStatement.Of($"SMALLINT"),
        ["INTEGER"] = SqlStatement.Of($"INT"),
        ["BIGINT"] = SqlStatement.Of($"BIGINT"),
        ["FLOAT"] = SqlStatement.Of($"FLOAT"),
        ["DOUBLE"] = SqlStatement.Of($"DOUBLE"),
        ["VARCHAR"] = SqlStatement.Of($"STRING"),
        ["DATE"] = SqlStatement.Of($"DATE"),
        ["TIMESTAMP"] = SqlStatement.Of($"TIMESTAMP_NTZ"),
        ["TIMESTAMP WITH TIME ZONE"] = SqlStatement.Of($"TIMESTAMP_NTZ"),
    };

    /// <summary>The name; null for a type that a filter cannot have there.</summary>
    public static SqlStatement? Of(string type)
    {
        if (Plain.TryGetValue(type, out var plain)) return plain;
        return IsDecimal(type, out var precision, out var scale)
            // Two numbers that were parsed as such; a type takes no parameters.
            ? SqlStatement.Of(FormattableStringFactory.Create(string.Create(CultureInfo.InvariantCulture, $"DECIMAL({precision},{scale})")))
            : null;
    }

    /// <summary>Whether values are whole numbers.</summary>
    public static bool IsWhole(string type) => type is "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT";

    /// <summary>Whether values are moments.</summary>
    public static bool IsMoment(string type) => type is "TIMESTAMP" or "TIMESTAMP WITH TIME ZONE";

    /// <summary>Whether values are decimals, and of how many digits in all and behind the point.</summary>
    public static bool IsDecimal(string type, out int precision, out int scale)
    {
        (precision, scale) = (0, 0);
        return type.StartsWith("DECIMAL(", StringComparison.Ordinal) && type["DECIMAL(".Length..^1].Split(',') is [var digits, var behind]
            && int.TryParse(digits, CultureInfo.InvariantCulture, out precision) && int.TryParse(behind, CultureInfo.InvariantCulture, out scale);
    }

    /// <summary>The decimals that hold every value of a number's type; null for a type that none do.</summary>
    public static string? AsDecimal(string type) => type switch
    {
        "TINYINT" => "DECIMAL(3,0)",
        "SMALLINT" => "DECIMAL(5,0)",
        "INTEGER" => "DECIMAL(10,0)",
        "BIGINT" => "DECIMAL(19,0)",
        _ => IsDecimal(type, out _, out _) ? type : null,
    };
}
