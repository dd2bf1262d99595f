namespace Mirion.Generation.Infrastructure.Sources;

/// <summary>The names that were probably meant.</summary>
internal static class Nearest
{
    /// <summary>Up to <paramref name="count"/> candidates that take few edits to reach, letter case aside; the nearest first.</summary>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> candidates, int count) =>
    [
        .. candidates.Select(candidate => (Name: candidate, Edits: Edits(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(candidate => candidate.Edits <= Math.Max(1, name.Length / 3))
            .OrderBy(candidate => candidate.Edits)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Take(count)
            .Select(candidate => candidate.Name),
    ];

    /// <summary>A question that proposes the nearest candidate, or nothing when none is near.</summary>
    public static string Question(string name, IEnumerable<string> candidates) =>
        Of(name, candidates, 1) is [var nearest] ? $"Did you mean '{nearest}'? " : string.Empty;

    private static int Edits(string left, string right)
    {
        var above = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 0; i < left.Length; i++)
        {
            var row = new int[right.Length + 1];
            row[0] = i + 1;
            for (var j = 0; j < right.Length; j++)
            {
                row[j + 1] = Math.Min(above[j] + (left[i] == right[j] ? 0 : 1), 1 + Math.Min(above[j + 1], row[j]));
            }

            above = row;
        }

        return above[right.Length];
    }
}
