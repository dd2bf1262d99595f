namespace Mirion.Generation.FakeDatabricks.Sql.Engine;

/// <summary>Names and literals as DuckDB spells them.</summary>
internal static class DuckDbText
{
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The name that a catalog or a schema has there, where <c>main</c> and others are taken.</summary>
    public static string Space(string name) => $"uc_{name}";

    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
