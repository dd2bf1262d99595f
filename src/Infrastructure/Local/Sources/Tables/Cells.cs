using Mirion.Generation.Infrastructure.Sources;

namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>Reads cells as the values an item may have.</summary>
internal static class Cells
{
    public static readonly CellReader Text = (row, ordinal) => row.GetString(ordinal);

    public static readonly CellReader Boolean = (row, ordinal) => row.GetBoolean(ordinal);

    public static readonly CellReader Integer = (row, ordinal) => row.GetInt64(ordinal);

    /// <summary>A double, or the words NaN, Infinity and -Infinity, which JSON has no number for.</summary>
    public static readonly CellReader Double = (row, ordinal) => CellText.Double(row.GetDouble(ordinal));

    /// <summary>Text of a CSV column that DuckDB takes for booleans; it does so for <c>t</c> and <c>yes</c> as well, which stay what they are.</summary>
    public static readonly CellReader BooleanOrText = (row, ordinal) => row.GetString(ordinal) switch
    {
        var text when text.Equals("true", StringComparison.OrdinalIgnoreCase) => true,
        var text when text.Equals("false", StringComparison.OrdinalIgnoreCase) => false,
        var text => text,
    };

    /// <summary>A number as text: exactly that number, with its scale.</summary>
    public static readonly CellReader Number = (row, ordinal) => CellText.Json(row.GetString(ordinal));

    /// <summary>JSON text; text that is none is left as it is, for no writer of a file is bound to check.</summary>
    public static readonly CellReader JsonText = (row, ordinal) => CellText.JsonOrText(row.GetString(ordinal));
}
