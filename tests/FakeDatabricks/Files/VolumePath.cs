using System.Text;

namespace Mirion.Generation.FakeDatabricks.Files;

/// <summary>A place in a volume, <c>/Volumes/catalog/schema/volume/...</c>. It cannot lead out of the volume.</summary>
/// <param name="Segments">Catalog, schema, volume, and what is below it.</param>
internal sealed record VolumePath(IReadOnlyList<string> Segments)
{
    private const string Root = "/Volumes/";
    private const int BelowVolume = 3;

    /// <summary>The volume.</summary>
    public string Volume => Root + string.Join('/', Segments.Take(BelowVolume));

    /// <summary>Whether this is the volume itself.</summary>
    public bool IsVolume => Segments.Count == BelowVolume;

    /// <summary>What is directly below this place.</summary>
    public VolumePath Child(string name) => new([.. Segments, name]);

    public override string ToString() => Root + string.Join('/', Segments);

    /// <summary>The place that a test names.</summary>
    public static VolumePath Parse(string path) => TryParse(path, out var place) ? place : throw new ArgumentException($"{path} is no place in a volume.", nameof(path));

    /// <summary>The place that the address of a request names, of which each segment is percent-encoded.</summary>
    public static bool TryDecode(string rawPath, out VolumePath place)
    {
        place = null!;
        return IsWellEscaped(rawPath) && TryParse(string.Join('/', rawPath.Split('/').Select(Uri.UnescapeDataString)), out place);
    }

    private static bool TryParse(string path, out VolumePath place)
    {
        place = null!;
        if (!path.StartsWith(Root, StringComparison.Ordinal)) return false;
        var segments = path[Root.Length..].TrimEnd('/').Split('/');
        if (segments.Length < BelowVolume || !segments.All(IsName)) return false;
        place = new VolumePath(segments);
        return true;
    }

    private static bool IsName(string segment) =>
        segment is not ("" or "." or "..") && !segment.Contains('\0', StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(segment) <= 255;

    private static bool IsWellEscaped(string path)
    {
        for (var i = path.IndexOf('%', StringComparison.Ordinal); i >= 0; i = path.IndexOf('%', i + 1))
        {
            if (i + 2 >= path.Length || !char.IsAsciiHexDigit(path[i + 1]) || !char.IsAsciiHexDigit(path[i + 2])) return false;
        }

        return true;
    }
}
