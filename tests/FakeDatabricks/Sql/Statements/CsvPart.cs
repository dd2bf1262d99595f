using System.Text;
using Mirion.Generation.FakeDatabricks.Sql.Dialect;

namespace Mirion.Generation.FakeDatabricks.Sql.Statements;

/// <summary>A part of a result as CSV: a header in the first part alone, and NULL as the text null.</summary>
internal static class CsvPart
{
    public static byte[] Encode(IReadOnlyList<DataField> columns, bool first, IEnumerable<string?[]> rows)
    {
        var text = new StringBuilder();
        if (first) Line(text, columns.Select(column => column.Name));
        foreach (var row in rows) Line(text, row.Select(cell => cell ?? "null"));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Cell)).Append('\n');

    private static string Cell(string cell) => cell.AsSpan().IndexOfAny("\",\n\r") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
