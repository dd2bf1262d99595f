namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>Text as part of a statement, where DuckDB takes no parameter: the paths of JSON members and the names of struct fields.</summary>
internal static class SqlText
{
    /// <summary>A string literal.</summary>
    public static string Literal(string text) => text.Contains('\0', StringComparison.Ordinal)
        ? throw new ArgumentException("A NUL character cannot stand in a statement.", nameof(text))
        : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A file's path as DuckDB's table functions take it, which would read <c>*</c>, <c>?</c> and <c>[</c> as a pattern.</summary>
    public static string ExactPath(string path) => string.Concat(path.Select(c => c is '*' or '?' or '[' ? $"[{c}]" : c.ToString()));
}
