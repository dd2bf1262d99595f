namespace Mirion.Generation.Infrastructure.IntegrationTests.Local.Sources;

/// <summary>Writes CSV.</summary>
internal static class Csv
{
    /// <summary>The rows, header first; a null cell is empty, any other cell is quoted where it must be.</summary>
    public static string Of(params IEnumerable<string?[]> rows) => string.Concat(rows.Select(row => string.Join(',', row.Select(Cell)) + "\n"));

    private static string Cell(string? cell) => cell switch
    {
        null => string.Empty,
        _ when cell.Length == 0 || cell.IndexOfAny(['"', ',', '\n', '\r']) >= 0 => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
        _ => cell,
    };
}
