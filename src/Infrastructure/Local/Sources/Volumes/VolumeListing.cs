using System.IO.Enumeration;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Sources.Volumes;

namespace Mirion.Generation.Infrastructure.Local.Sources.Volumes;

/// <summary>
/// Lists what lies below a sheet's directory, in item order. Names that begin with a period are skipped, and what lies below them. A directory is
/// listed once: under its own name or, when only links lead to it, under the first of them; so links that lead round in circles come to an end.
/// </summary>
internal sealed class VolumeListing
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false };

    private readonly VolumeDirectory _directory;
    private readonly CancellationToken _cancellationToken;
    private readonly List<VolumeEntry> _entries = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<(string Real, string Relative)> _links = [];

    private VolumeListing(VolumeDirectory directory, CancellationToken cancellationToken) => (_directory, _cancellationToken) = (directory, cancellationToken);

    /// <summary>Every item of the directory, after sampling.</summary>
    public static IReadOnlyList<VolumeEntry> Of(Sheet sheet, VolumeDirectory directory, CancellationToken cancellationToken)
    {
        var listing = new VolumeListing(directory, cancellationToken);
        listing.Walk(directory.Real, string.Empty);
        while (listing._links.TryDequeue(out var link)) listing.Walk(link.Real, link.Relative);
        return VolumeSample.Of(sheet, listing._entries, entry => entry.Ref);
    }

    private void Walk(string directory, string prefix)
    {
        var ahead = new Stack<(string Real, string Relative)>([(directory, prefix)]);
        while (ahead.TryPop(out var next))
        {
            if (!_seen.Add(next.Real)) continue;
            foreach (var (name, isDirectory, isLink) in Contents(next.Real))
            {
                _cancellationToken.ThrowIfCancellationRequested();
                if (name.StartsWith('.')) continue;
                var (path, relative) = (Path.Combine(next.Real, name), $"{next.Relative}{name}");
                if (isLink) Follow(path, relative);
                else if (isDirectory) ahead.Push((path, $"{relative}/"));
                else _entries.Add(new VolumeEntry(new ItemRef(relative)));
            }
        }
    }

    // A link to a directory waits until everything that has a name of its own is listed.
    private void Follow(string path, string relative)
    {
        var real = RealPath.Of(path);
        if (real is not null && !RealPath.IsWithin(real, _directory.RealVolume)) _entries.Add(new VolumeEntry(new ItemRef(relative), LeavesVolume: true));
        else if (real is not null && Directory.Exists(real)) _links.Enqueue((real, $"{relative}/"));
        else _entries.Add(new VolumeEntry(new ItemRef(relative)));
    }

    private static IEnumerable<(string Name, bool IsDirectory, bool IsLink)> Contents(string directory) =>
        new FileSystemEnumerable<(string Name, bool IsDirectory, bool IsLink)>(
            directory,
            (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.IsDirectory, entry.Attributes.HasFlag(FileAttributes.ReparsePoint)),
            Everything).OrderBy(entry => entry.Name, StringComparer.Ordinal);
}
