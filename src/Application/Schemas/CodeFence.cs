namespace Mirion.Generation.Application.Schemas;

/// <summary>The fence that chat models put around JSON out of habit: <c>```json</c>, lines, <c>```</c>.</summary>
internal static class CodeFence
{
    private const string Mark = "```";

    /// <summary>What stands inside of the one fence around <paramref name="text"/>; null when it is not in one, or in more.</summary>
    public static string? Inside(string text)
    {
        var fenced = text.AsSpan().Trim();
        if (fenced.Length < 2 * Mark.Length || !fenced.StartsWith(Mark) || !fenced.EndsWith(Mark)) return null;
        var inside = fenced[Mark.Length..^Mark.Length];
        // The rest of the first line says what language it is in.
        var firstLine = inside.IndexOf('\n');
        if (firstLine < 0 || inside[..firstLine].ContainsAny("`{[\"")) return null;
        inside = inside[firstLine..];
        return inside.Contains($"\n{Mark}", StringComparison.Ordinal) ? null : inside.ToString();
    }
}
