using System.Text;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Filters;

/// <summary>
/// Regular expressions that match the same in RE2, which DuckDB has, and in Java, which a warehouse has: literals, classes, groups, alternatives and counted repetition. What the two read
/// differently (<c>$</c>, <c>.</c>, <c>\s</c>) is spelled out; what only one has, or may have, is not translated.
/// </summary>
internal static class RegexTranslation
{
    private const string Space = @"\t\n\f\r ";

    /// <summary>The expression for Java; null when it has something that is not known to be the same.</summary>
    public static string? Of(string regex)
    {
        var java = new StringBuilder();
        for (var i = 0; i < regex.Length; i++)
        {
            var c = regex[i];
            string? part = c switch
            {
                '\\' => i + 1 < regex.Length ? Escape(regex[++i], inClass: false) : null,
                // Java's "$" also matches before a last line feed, its "." no line separator of any sort.
                '$' => @"\z",
                '.' => @"[^\n]",
                '[' => Class(regex, ref i),
                '(' => Group(regex, ref i),
                // Possessive repetition is Java's alone.
                '+' when i > 0 && regex[i - 1] is '*' or '+' or '?' or '}' => null,
                '{' or '}' when !IsCount(regex, c == '{' ? i : regex.LastIndexOf('{', i)) => null,
                ']' => null,
                _ => c.ToString(),
            };
            if (part is null) return null;
            java.Append(part);
        }

        return java.ToString();
    }

    /// <summary>How many groups a translated expression has that can be asked for.</summary>
    public static int Groups(string java)
    {
        var (count, inClass) = (0, false);
        for (var i = 0; i < java.Length; i++)
        {
            if (java[i] == '\\') i++;
            else if (java[i] is '[' or ']') inClass = java[i] == '[';
            else if (!inClass && java[i] == '(' && (i + 1 == java.Length || java[i + 1] != '?')) count++;
        }

        return count;
    }

    private static string? Escape(char c, bool inClass) => c switch
    {
        'd' => inClass ? "0-9" : "[0-9]",
        'w' => inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]",
        's' => inClass ? Space : $"[{Space}]",
        'D' when !inClass => "[^0-9]",
        'W' when !inClass => "[^0-9A-Za-z_]",
        'S' when !inClass => $"[^{Space}]",
        't' or 'n' or 'r' or 'f' => $@"\{c}",
        _ when char.IsAscii(c) && char.IsPunctuation(c) || char.IsSymbol(c) && char.IsAscii(c) => $@"\{c}",
        _ => null,
    };

    private static string? Group(string regex, ref int i)
    {
        if (i + 1 >= regex.Length || regex[i + 1] != '?') return "(";
        // Of the many things that begin so only this one is the same on both.
        if (i + 2 >= regex.Length || regex[i + 2] != ':') return null;
        i += 2;
        return "(?:";
    }

    private static string? Class(string regex, ref int i)
    {
        var text = new StringBuilder("[");
        if (++i < regex.Length && regex[i] == '^')
        {
            text.Append('^');
            i++;
        }

        for (var first = i; i < regex.Length; i++)
        {
            var c = regex[i];
            if (c == ']') return i > first ? text.Append(']').ToString() : null;
            string? part = c switch
            {
                '\\' => i + 1 < regex.Length ? Escape(regex[++i], inClass: true) : null,
                // Unions and intersections of classes in Java, named classes in RE2.
                '[' => i + 1 < regex.Length && regex[i + 1] == ':' ? null : @"\[",
                '&' or '^' => $@"\{c}",
                _ => c.ToString(),
            };
            if (part is null) return null;
            text.Append(part);
        }

        return null;
    }

    private static bool IsCount(string regex, int open)
    {
        if (open < 0) return false;
        var close = regex.IndexOf('}', open);
        return close > open + 1 && regex[open + 1] != ',' && regex[(open + 1)..close].All(c => char.IsAsciiDigit(c) || c == ',') && regex[(open + 1)..close].Count(c => c == ',') <= 1;
    }
}
