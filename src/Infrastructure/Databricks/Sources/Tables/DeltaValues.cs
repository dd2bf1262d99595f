using System.Globalization;
using System.Text.Json;
using Mirion.Generation.Infrastructure.Sources;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Tables;

/// <summary>
/// How values are read. Every column is selected as text, so that nothing hangs on how a result spells a type, and the text is the one that the embedded workspace has for the
/// same value in Parquet.
/// </summary>
internal static class DeltaValues
{
    /// <summary>An expression for <paramref name="value"/> as text. A null stays null.</summary>
    public static SqlStatement Text(SqlName value, DeltaType type) => type.Name switch
    {
        // The session's zone may be any; the wall clock in UTC is the same everywhere (docs.databricks.com/sql/language-manual/functions/convert_timezone).
        "TIMESTAMP" => SqlStatement.Of($"concat({Moment(SqlStatement.Of($"convert_timezone('UTC', {value})"))}, 'Z')"),
        "TIMESTAMP_NTZ" => Moment(SqlStatement.Of($"{value}")),
        // base64 has written lines of 76 characters in some versions.
        "BINARY" => SqlStatement.Of($"regexp_replace(base64({value}), '[^A-Za-z0-9+/=]', '')"),
        // Without the options fields that are null are left out, and moments are cut to milliseconds.
        "ARRAY" or "MAP" or "STRUCT" => SqlStatement.Of(
            $"to_json({value}, map('ignoreNullFields', 'false', 'timeZone', 'UTC', 'timestampFormat', 'yyyy-MM-dd HH:mm:ss.SSSSSS', 'timestampNTZFormat', 'yyyy-MM-dd HH:mm:ss.SSSSSS'))"),
        "VARIANT" => SqlStatement.Of($"to_json({value})"),
        // A text has its collation taken off too.
        _ => SqlStatement.Of($"CAST({value} AS STRING)"),
    };

    /// <summary>The value that a text of <see cref="Text"/> stands for.</summary>
    public static object? Read(string? text, DeltaType type) => text is null ? null : type.Name switch
    {
        "BOOLEAN" => text == "true",
        "TINYINT" or "SMALLINT" or "INT" or "BIGINT" => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        "FLOAT" or "DOUBLE" => CellText.Double(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)),
        "DECIMAL" => CellText.Json(text),
        "VARIANT" => CellText.JsonOrText(text),
        "ARRAY" or "MAP" or "STRUCT" => Nested(text, type),
        _ => text,
    };

    private static SqlStatement Moment(SqlStatement clock) =>
        SqlStatement.Of($"regexp_replace(replace(date_format({clock}, 'yyyy-MM-dd HH:mm:ss.SSSSSS'), ' ', 'T'), '[.]000000$', '')");

    private static object? Nested(string text, DeltaType type)
    {
        try
        {
            return Tidy(CellText.Json(text), type);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return text;
        }
    }

    // Within JSON a moment has the form that the options above ask for.
    private static object? Tidy(object? value, DeltaType type) => (type.Name, value) switch
    {
        ("ARRAY", IReadOnlyList<object?> list) => list.Select(element => Tidy(element, type.Parts[0].Type)).ToArray(),
        ("MAP", IReadOnlyDictionary<string, object?> map) => map.ToDictionary(
            entry => (string)Tidy(entry.Key, type.Parts[0].Type)!, entry => Tidy(entry.Value, type.Parts[1].Type), StringComparer.Ordinal),
        ("STRUCT", IReadOnlyDictionary<string, object?> fields) => type.Parts.Where(field => fields.ContainsKey(field.Name))
            .ToDictionary(field => field.Name, field => Tidy(fields[field.Name], field.Type), StringComparer.Ordinal),
        ("TIMESTAMP", string text) => $"{Moment(text)}Z",
        ("TIMESTAMP_NTZ", string text) => Moment(text),
        _ => value,
    };

    private static string Moment(string text)
    {
        const string Whole = ".000000";
        var clock = text.TrimEnd('Z').Replace(' ', 'T');
        return clock.EndsWith(Whole, StringComparison.Ordinal) ? clock[..^Whole.Length] : clock;
    }
}
