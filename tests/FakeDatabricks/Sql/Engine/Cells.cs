using System.Globalization;
using Mirion.Generation.FakeDatabricks.Sql.Dialect;

namespace Mirion.Generation.FakeDatabricks.Sql.Engine;

/// <summary>The cells of a result in format JSON_ARRAY, where every value is a string.</summary>
internal static class Cells
{
    /// <summary>The expression that has a column as text.</summary>
    public static string Projection(DataField column, string name) => column.Type.Name switch
    {
        "STRING" => $"CAST({name} AS VARCHAR)",
        "BINARY" => $"base64({name})",
        "ARRAY" or "MAP" or "STRUCT" or "VARIANT" => $"CAST(to_json({name}) AS VARCHAR)",
        _ => $"CAST({name} AS VARCHAR)",
    };

    /// <summary>The cell of what DuckDB wrote; a moment keeps its microseconds.</summary>
    public static string Of(DataType type, string text) => type.Name switch
    {
        "DOUBLE" or "FLOAT" => Casts.Text(type.DuckDb, text)!,
        "ARRAY" or "MAP" or "STRUCT" or "VARIANT" => TypedJson.Cell(type, text),
        _ => text,
    };

    /// <summary>A row as this format has it.</summary>
    public static string?[] Print(IReadOnlyList<DataField> columns, string?[] row) => [.. row.Select((cell, i) => (columns[i].Type.Name, cell) switch
    {
        (_, null) => null,
        ("TIMESTAMP", _) => Moment(cell),
        ("TIMESTAMP_NTZ", _) => Moment(cell)[..^1],
        _ => cell,
    })];

    /// <summary>A moment to the millisecond, which is all that this format has; what DuckDB wrote has more.</summary>
    public static string Moment(string text)
    {
        var moment = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return new DateTime(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }
}
