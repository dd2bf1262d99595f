using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Sources;

namespace Mirion.Generation.Infrastructure.Local.Sources.Volumes;

/// <summary>A directory of a volume as it lies on disk.</summary>
/// <param name="Path">The directory.</param>
/// <param name="Real">Where it really is.</param>
/// <param name="RealVolume">Where its volume really is; nothing outside is read.</param>
internal sealed record VolumeDirectory(VolumePath Path, string Real, string RealVolume)
{
    /// <summary>Finds the directory of a sheet.</summary>
    public static Result<VolumeDirectory> Find(WorkspaceFolder folder, VolumeSource source)
    {
        var path = source.Directory;
        if (RealVolumeOf(folder, path) is not { } volume) return SheetErrors.SourceNotFound(source, Hint(folder, path));
        return RealPath.Of(folder.PathOf(path)) is { } real && Directory.Exists(real)
            ? RealPath.IsWithin(real, volume)
                ? new VolumeDirectory(path, real, volume)
                : SheetErrors.SourceUnreadable(source, "it is a link that leads out of its volume.")
            : SheetErrors.SourceNotFound(source, $"The volume has no such directory; put the files into {folder.PathOf(path)}.");
    }

    /// <summary>
    /// Where the volume of <paramref name="path"/> really is; null when there is none. Catalog, schema and volume are folders of the workspace
    /// themselves: a link in place of one would make files elsewhere part of it.
    /// </summary>
    public static string? RealVolumeOf(WorkspaceFolder folder, VolumePath path)
    {
        if (RealPath.Of(folder.Root) is not { } root) return null;
        var expected = System.IO.Path.Combine(root, System.IO.Path.GetFileName(folder.Volumes), path.Catalog, path.Schema, path.Volume);
        return RealPath.Of(expected) == expected && Directory.Exists(expected) ? expected : null;
    }

    private static string Hint(WorkspaceFolder folder, VolumePath path)
    {
        var volume = $"{path.Catalog}.{path.Schema}.{path.Volume}";
        var near = Nearest.Of(volume, Volumes(folder), 3);
        return near.Count > 0
            ? $"Volumes of a like name: {string.Join(", ", near.Select(name => $"/Volumes/{name.Replace('.', '/')}"))}."
            : $"Make the folder {System.IO.Path.Combine(folder.Volumes, path.Catalog, path.Schema, path.Volume)} and put the files there.";
    }

    private static IEnumerable<string> Volumes(WorkspaceFolder folder) => Directory.Exists(folder.Volumes)
        ? from catalog in new DirectoryInfo(folder.Volumes).EnumerateDirectories()
          from schema in catalog.EnumerateDirectories()
          from volume in schema.EnumerateDirectories()
          select $"{catalog.Name}.{schema.Name}.{volume.Name}"
        : [];
}
