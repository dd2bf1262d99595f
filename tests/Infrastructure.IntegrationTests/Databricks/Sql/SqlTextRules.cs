using System.Text.RegularExpressions;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sql;

/// <summary>What makes a text Databricks SQL, as far as a text alone can tell.</summary>
internal static partial class SqlTextRules
{
    // docs.databricks.com/sql/language-manual/sql-ref-functions-builtin-alpha; what else stands before a parenthesis is a word of the language.
    private static readonly HashSet<string> Functions = ["coalesce", "count", "max", "explode", "from_json", "parse_json", "to_json", "unix_micros", "read_files", "try_variant_get", "sum"];
    private static readonly HashSet<string> Words = ["CAST", "COLUMNS", "IN", "VALUES", "INSERT", "USING", "FROM", "BY", "WHERE", "AND", "OR", "EXISTS", "TBLPROPERTIES", "JOIN", "WHEN"];

    /// <summary>Names that change from run to run, made the same.</summary>
    public static string Stable(string text) => StagedName().Replace(text, "NAME");

    /// <summary>What is wrong with a text, whose literals may be <paramref name="literals"/> alone.</summary>
    public static IEnumerable<string> Faults(string text, IReadOnlySet<string> literals)
    {
        foreach (var literal in Literal().Matches(text).Select(match => match.Value).Where(literal => !literals.Contains(literal))) yield return $"the literal {literal}";
        var bare = Quoted().Replace(Literal().Replace(text, "''"), "``");
        if (bare.Contains('"', StringComparison.Ordinal)) yield return "a double quote, which is no quote of identifiers here";
        if (bare.Contains('$', StringComparison.Ordinal) || bare.Contains("::", StringComparison.Ordinal)) yield return "a parameter or a cast of another dialect";
        foreach (var call in Call().Matches(bare).Select(match => match.Groups[1].Value).Where(name => !Functions.Contains(name) && !Words.Contains(name))) yield return $"the function {call}";
    }

    [GeneratedRegex("(?<=-|doctor_)[0-9a-f]{32}")]
    private static partial Regex StagedName();

    [GeneratedRegex(@"'(?:[^'\\]|\\.)*'")]
    private static partial Regex Literal();

    [GeneratedRegex("`(?:[^`]|``)*`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(\w+)\s*\(")]
    private static partial Regex Call();
}
