using System.Text;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Filters;

/// <summary>
/// Patterns of LIKE and regular expressions. In LIKE a backslash escapes there unless told otherwise, and is a character like any other here; regular expressions are Java's
/// there and RE2's here, see <see cref="RegexTranslation"/>.
/// </summary>
internal static class FilterPatterns
{
    private const string Text = "VARCHAR";

    /// <summary>A LIKE of any sort; null for one whose pattern cannot be had in advance where it must be.</summary>
    public static SqlStatement? Like(FilterCall call)
    {
        if (Pattern(call) is not { } pattern) return null;
        var text = call.Argument(0, Text);
        var like = call.Name is "~~*" or "!~~*" or "ilike_escape" or "not_ilike_escape" ? SqlStatement.Of($"({text} ILIKE {pattern})") : SqlStatement.Of($"({text} LIKE {pattern})");
        return call.Name.StartsWith('!') || call.Name.StartsWith("not_", StringComparison.Ordinal) ? SqlStatement.Of($"(NOT {like})") : like;
    }

    /// <summary>A regular expression; null for one that is not the same there.</summary>
    public static SqlStatement? Regex(FilterCall call)
    {
        if (call.Literal(1) is not { } written || RegexTranslation.Of(written) is not { } regex) return null;
        var text = call.Argument(0, Text);
        return (call.Name, call.Count) switch
        {
            ("regexp_matches", 2) => SqlStatement.Of($"({text} RLIKE {regex})"),
            ("regexp_full_match", 2) => SqlStatement.Of($"({text} RLIKE {$"^(?:{regex})\\z"})"),
            ("regexp_extract", 2) => SqlStatement.Of($"regexp_extract({text}, {regex}, 0)"),
            ("regexp_extract", 3) when call.Whole(2) is >= 0 and <= 9 and { } group && group <= RegexTranslation.Groups(regex) => SqlStatement.Of($"regexp_extract({text}, {regex}, {group})"),
            _ => null,
        };
    }

    private static SqlStatement? Pattern(FilterCall call)
    {
        if (call.Count == 2)
        {
            return call.Literal(1) is { } literal
                ? SqlStatement.Of($"{literal.Replace(@"\", @"\\", StringComparison.Ordinal)}")
                : SqlStatement.Of($"replace({call.Argument(1, Text)}, {@"\"}, {@"\\"})");
        }

        return call.Literal(1) is { } pattern && call.Literal(2) is [var escape] && Unescaped(pattern, escape) is { } plain ? SqlStatement.Of($"{plain}") : null;
    }

    // The pattern with a backslash for its escape; null when the last character escapes nothing.
    private static string? Unescaped(string pattern, char escape)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            var escaped = pattern[i] == escape;
            if (escaped && ++i == pattern.Length) return null;
            if (pattern[i] == '\\' || (escaped && pattern[i] is '%' or '_')) text.Append('\\');
            text.Append(pattern[i]);
        }

        return text.ToString();
    }
}
