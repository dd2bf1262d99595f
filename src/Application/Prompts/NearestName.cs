namespace Mirion.Generation.Application.Prompts;

/// <summary>The name that was probably meant.</summary>
internal static class NearestName
{
    /// <summary>
    /// The candidate that is the fewest edits away from <paramref name="name"/>, letter case aside; null when even that
    /// one differs in more than a third of the name, as then the guess would mislead.
    /// </summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        var tolerance = Math.Max(1, name.Length / 3);
        string? nearest = null;
        var least = tolerance + 1;
        foreach (var candidate in candidates.Order(StringComparer.Ordinal))
        {
            if (Math.Abs(candidate.Length - name.Length) >= least) continue;
            var edits = Edits(name, candidate);
            if (edits < least) (nearest, least) = (candidate, edits);
        }

        return nearest;
    }

    // Insertions, deletions and replacements (Levenshtein), and swaps of neighbours, each one edit.
    private static int Edits(string left, string right)
    {
        var beforeLast = new int[right.Length + 1];
        var last = new int[right.Length + 1];
        var row = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++) last[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = last[j - 1] + (Same(left[i - 1], right[j - 1]) ? 0 : 1);
                row[j] = Math.Min(replaced, 1 + Math.Min(last[j], row[j - 1]));
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last, row) = (last, row, beforeLast);
        }

        return last[right.Length];
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
