using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Domain.Sheets;

/// <summary>
/// An absolute path within a Unity Catalog volume: <c>/Volumes/catalog/schema/volume</c> and what follows. It is normal by
/// construction: no empty, <c>.</c> or <c>..</c> segment, so it cannot lead out of its volume by its text.
/// </summary>
public sealed record VolumePath
{
    private const string Root = "/Volumes/";
    private const string PathShape = "A path below a volume has no empty, '.' or '..' segment, no backslash and no control character.";

    private VolumePath(string catalog, string schema, string volume, string relative) =>
        (Catalog, Schema, Volume, Relative) = (catalog, schema, volume, relative);

    /// <summary>The catalog.</summary>
    public string Catalog { get; }

    /// <summary>The schema.</summary>
    public string Schema { get; }

    /// <summary>The volume within the schema.</summary>
    public string Volume { get; }

    /// <summary>The path below the volume, without a leading slash; empty for the volume itself.</summary>
    public string Relative { get; }

    /// <summary>Reads <c>/Volumes/catalog/schema/volume[/path]</c>, or <c>catalog.schema.volume</c>.</summary>
    public static Result<VolumePath> Parse(string text)
    {
        var segments = text.StartsWith(Root, StringComparison.Ordinal) ? text[Root.Length..].TrimEnd('/').Split('/') : text.Split('.');
        var isPath = text.StartsWith(Root, StringComparison.Ordinal);
        if (segments.Length < 3 || (!isPath && segments.Length > 3) || !segments[..3].All(UnityCatalogName.IsValid)) return NotAVolume(text);
        var volume = new VolumePath(segments[0], segments[1], segments[2], string.Empty);
        if (segments.Length == 3) return volume;
        return volume.Append(string.Join('/', segments[3..])) is { IsSuccess: true } path ? path : Error.InvalidField("source_volume", PathShape);
    }

    /// <summary>The path of <paramref name="relative"/> below this one.</summary>
    public Result<VolumePath> Append(string relative)
    {
        var trimmed = relative.Trim('/');
        if (trimmed.Length == 0) return this;
        return trimmed.Split('/').All(IsSegment)
            ? new VolumePath(Catalog, Schema, Volume, Relative.Length == 0 ? trimmed : $"{Relative}/{trimmed}")
            : Error.InvalidField("source_path", PathShape);
    }

    /// <inheritdoc />
    public override string ToString() => Relative.Length == 0 ? $"{Root}{Catalog}/{Schema}/{Volume}" : $"{Root}{Catalog}/{Schema}/{Volume}/{Relative}";

    private static bool IsSegment(string segment) =>
        segment.Length > 0 && segment is not ("." or "..") && !segment.Any(c => c == '\\' || char.IsControl(c));

    private static Error NotAVolume(string text) => Error.InvalidField(
        "source_volume",
        text.Length > 300 ? "The name of a volume is too long." : $"'{text}' is no volume: write /Volumes/catalog/schema/volume or catalog.schema.volume.");
}
