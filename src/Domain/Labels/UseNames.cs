using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Domain.Labels;

/// <summary>Sets of uses as the lists of names in which they are stored and sent.</summary>
public static class UseNames
{
    private static readonly Uses[] Single = [Uses.Training, Uses.Validation, Uses.Evaluation, Uses.FewShot, Uses.Testing];

    // Every set there is, so that a million pairs share 32 lists.
    private static readonly IReadOnlyList<string>[] Lists =
        [.. Enumerable.Range(0, (int)Uses.All + 1).Select(set => Single.Where(use => ((Uses)set).HasFlag(use)).Select(SnakeCase<Uses>.Of).ToArray())];

    /// <summary>The five names, for messages that say what would be right.</summary>
    public static string Choices { get; } = string.Join(", ", Lists[(int)Uses.All]);

    /// <summary>The names of the uses in <paramref name="uses"/>, in the order of the enumeration.</summary>
    public static IReadOnlyList<string> Of(Uses uses) => Lists[(int)uses];

    /// <summary>The set that <paramref name="names"/> spell, or false when one of them is no use.</summary>
    public static bool TryParse(IEnumerable<string?> names, out Uses uses)
    {
        uses = Uses.None;
        foreach (var name in names)
        {
            if (!SnakeCase<Uses>.TryParse(name, out var use) || !Single.Contains(use)) return false;
            uses |= use;
        }

        return true;
    }
}
