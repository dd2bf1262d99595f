using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Infrastructure.Sources.Volumes;

/// <summary>Which of a directory's files are items of a sheet.</summary>
internal static class VolumeSample
{
    /// <summary>The entries that sampling leaves, in item order.</summary>
    public static IReadOnlyList<TEntry> Of<TEntry>(Sheet sheet, IReadOnlyCollection<TEntry> entries, Func<TEntry, ItemRef> refOf)
    {
        IEnumerable<TEntry> chosen = entries;
        if (sheet.Sampling is SamplingStrategy.Random)
        {
            chosen = entries.OrderBy(entry => SampleHash.Of(sheet.Id, refOf(entry)), StringComparer.Ordinal).ThenBy(refOf).Take(sheet.SampleSize ?? 0);
        }

        var ordered = chosen.OrderBy(refOf);
        return [.. sheet.Sampling is SamplingStrategy.First ? ordered.Take(sheet.SampleSize ?? 0) : ordered];
    }
}
