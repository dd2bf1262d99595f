namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>Expressions that write typed values as text, or as JSON where they are nested. A null stays null.</summary>
internal static class ValueText
{
    /// <summary>An expression for <paramref name="value"/> as text.</summary>
    public static string Of(string value, DuckDbType type) => type.Name switch
    {
        "VARCHAR" => value,
        "TIMESTAMP" or "TIMESTAMP_S" or "TIMESTAMP_MS" => Timestamp(value, "%f", string.Empty),
        "TIMESTAMP_NS" => Timestamp(value, "%n", string.Empty),
        "TIMESTAMP WITH TIME ZONE" => Timestamp($"({value} AT TIME ZONE 'UTC')", "%f", "Z"),
        "BLOB" => $"base64({value})",
        "LIST" or "STRUCT" or "MAP" => Json(value, type),
        _ => $"CAST({value} AS VARCHAR)",
    };

    /// <summary>
    /// An expression for <paramref name="value"/> as JSON. DuckDB's own <c>to_json</c> writes 1.50 as 1.5, and NaN, which no JSON reader takes.
    /// </summary>
    public static string Json(string value, DuckDbType type, int depth = 0) => type.Name switch
    {
        "BOOLEAN" or "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "UTINYINT" or "USMALLINT" or "UINTEGER" or "UBIGINT" or "DECIMAL" or "JSON" =>
            $"CAST({value} AS VARCHAR)",
        "FLOAT" or "DOUBLE" => $"CASE WHEN isfinite({value}) THEN CAST({value} AS VARCHAR) "
            + $"WHEN isnan({value}) THEN '\"NaN\"' WHEN {value} > 0 THEN '\"Infinity\"' WHEN {value} < 0 THEN '\"-Infinity\"' END",
        "LIST" => $"'[' || {Elements(value, type.Parts[0].Type, depth)} || ']'",
        "STRUCT" => $"CASE WHEN {value} IS NOT NULL THEN '{{' || {string.Join(" || ',' || ", type.Parts.Select(field => Field(value, field, depth)))} || '}}' END",
        "MAP" => $"'{{' || {Entries(value, type, depth)} || '}}'",
        _ => $"CAST(to_json({Of(value, type)}) AS VARCHAR)",
    };

    private static string Timestamp(string value, string fraction, string zone) =>
        $"CASE WHEN NOT isfinite({value}) THEN CAST({value} AS VARCHAR) "
        + $"WHEN microsecond({value}) % 1000000 = 0{(fraction == "%n" ? $" AND nanosecond({value}) % 1000 = 0" : string.Empty)} "
        + $"THEN strftime({value}, '%Y-%m-%dT%H:%M:%S{zone}') ELSE strftime({value}, '%Y-%m-%dT%H:%M:%S.{fraction}{zone}') END";

    private static string Elements(string list, DuckDbType element, int depth)
    {
        var each = $"e{depth}";
        return $"array_to_string(list_transform({list}, lambda {each}: {OrNull(each, element, depth)}), ',')";
    }

    private static string Entries(string map, DuckDbType type, int depth)
    {
        var each = $"e{depth}";
        var key = $"CAST(to_json({Of($"{each}.key", type.Parts[0].Type)}) AS VARCHAR)";
        return $"array_to_string(list_transform(map_entries({map}), lambda {each}: {key} || ':' || {OrNull($"{each}.value", type.Parts[1].Type, depth)}), ',')";
    }

    private static string Field(string value, DuckDbField field, int depth)
    {
        var name = SqlText.Literal(field.Name);
        return $"CAST(to_json({name}) AS VARCHAR) || ':' || {OrNull($"struct_extract({value}, {name})", field.Type, depth)}";
    }

    private static string OrNull(string value, DuckDbType type, int depth) => $"coalesce({Json(value, type, depth + 1)}, 'null')";
}
