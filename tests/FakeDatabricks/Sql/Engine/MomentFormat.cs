using System.Globalization;
using System.Text;
using Mirion.Generation.FakeDatabricks.Sql.Dialect;

namespace Mirion.Generation.FakeDatabricks.Sql.Engine;

/// <summary>Datetime patterns (docs.databricks.com/sql/language-manual/sql-ref-datetime-pattern), as far as .NET has the same letters.</summary>
internal static class MomentFormat
{
    /// <summary>A moment, as DuckDB writes it, by a pattern.</summary>
    public static string? Write(string moment, string pattern) =>
        DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture).ToUniversalTime().ToString(Translate(pattern), CultureInfo.InvariantCulture);

    /// <summary>A text by a pattern, as a moment that DuckDB reads.</summary>
    public static string? Read(string text, string pattern) =>
        DateTimeOffset.TryParseExact(text, Translate(pattern), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss.ffffff'+00'", CultureInfo.InvariantCulture)
            : throw new SqlFailure("CANNOT_PARSE_TIMESTAMP", "22007", $"Text '{text}' could not be parsed. Use `try_to_timestamp` to tolerate invalid input string and return NULL instead");

    private static string Translate(string pattern)
    {
        var format = new StringBuilder();
        for (var i = 0; i < pattern.Length;)
        {
            var end = i + 1;
            while (end < pattern.Length && pattern[end] == pattern[i] && char.IsAsciiLetter(pattern[i])) end++;
            var run = pattern[i..end];
            if (pattern[i] == '\'')
            {
                end = pattern.IndexOf('\'', i + 1) + 1;
                run = pattern[i..end];
            }

            format.Append(run[0] switch
            {
                '\'' => run == "''" ? "\\'" : run,
                'y' or 'u' => run.Length == 2 ? "yy" : "yyyy",
                'M' or 'd' or 'H' or 'h' or 'm' or 's' => run.Length == 1 ? $"%{run}" : run,
                'S' => new string('f', run.Length),
                'a' => "tt",
                'E' => run.Length > 3 ? "dddd" : "ddd",
                'X' => "'Z'",
                'Z' or 'x' => run.Length == 3 ? "'+00:00'" : "'+0000'",
                var c when char.IsAsciiLetter(c) => throw new SqlFailure("INVALID_DATETIME_PATTERN.ILLEGAL_CHARACTER", "22007", $"Unrecognized datetime pattern: {pattern}"),
                _ => $"\\{run}",
            });
            i = end;
        }

        return format.ToString().Replace("%", format.Length <= 2 ? "%" : string.Empty, StringComparison.Ordinal);
    }
}
