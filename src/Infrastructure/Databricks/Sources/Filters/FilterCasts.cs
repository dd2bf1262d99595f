using Mirion.Generation.Infrastructure.Sql;
using static Mirion.Generation.Infrastructure.Databricks.Sources.Filters.DatabricksTypes;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Filters;

/// <summary>
/// Conversions between types, written so that they give what DuckDB's give, or fail. A warehouse casts by ANSI rules: what does not fit fails, as it does in DuckDB; but a fraction is cut off
/// where DuckDB rounds, and other texts pass for numbers and dates (docs.databricks.com/sql/language-manual/functions/cast).
/// </summary>
internal static class FilterCasts
{
    /// <summary>The value as another type; null where Databricks would make something else of it.</summary>
    /// <param name="value">An expression.</param>
    /// <param name="from">Its type.</param>
    /// <param name="to">The type wanted.</param>
    /// <param name="lenient">Whether what does not convert is null, rather than a failure.</param>
    public static SqlStatement? Convert(SqlStatement value, string from, string to, bool lenient = false)
    {
        if (from == to) return value;
        if (Of(to) is not { } type) return null;
        SqlStatement Cast(SqlStatement what) => lenient ? SqlStatement.Of($"TRY_CAST({what} AS {type})") : SqlStatement.Of($"CAST({what} AS {type})");

        if (from == "\"NULL\"" || IsAlike(from, to)) return Cast(value);
        if (IsMoment(from) && IsMoment(to)) return value;
        if (IsWhole(to) && IsDecimal(from, out _, out _)) return Cast(SqlStatement.Of($"round({value}, 0)"));
        if (from != "VARCHAR") return null;
        if (IsWhole(to)) return Cast(SqlStatement.Of($"round({(lenient ? SqlStatement.Of($"TRY_CAST({value} AS DECIMAL(38,9))") : SqlStatement.Of($"CAST({value} AS DECIMAL(38,9))"))}, 0)"));
        if (IsDecimal(to, out _, out _)) return Cast(value);
        return to switch
        {
            // 1.5d is a number in Java.
            "DOUBLE" => Cast(SqlStatement.Of($"CASE WHEN {value} RLIKE '[0-9.][dDfF]' THEN '' ELSE {value} END")),
            // A year alone is a date there.
            "DATE" => Cast(SqlStatement.Of($"CASE WHEN NOT {value} LIKE '%-%-%' THEN '' ELSE {value} END")),
            _ => null,
        };
    }

    // Casts that are the same on both.
    private static bool IsAlike(string from, string to) => (from, to) switch
    {
        ("BOOLEAN", "VARCHAR") or ("DATE", "VARCHAR") or ("FLOAT", "DOUBLE") => true,
        ("DATE", _) => IsMoment(to),
        (_, "DATE") => IsMoment(from),
        ("BOOLEAN", _) => IsWhole(to),
        (_, "BOOLEAN") => IsWhole(from),
        _ when IsWhole(from) => IsWhole(to) || to is "FLOAT" or "DOUBLE" or "VARCHAR" || IsDecimal(to, out _, out _),
        _ when IsDecimal(from, out _, out _) => to is "DOUBLE" or "VARCHAR" || IsDecimal(to, out _, out _),
        _ => false,
    };
}
