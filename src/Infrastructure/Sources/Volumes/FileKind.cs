using System.Collections.Frozen;

namespace Mirion.Generation.Infrastructure.Sources.Volumes;

/// <summary>What a file holds, as far as a model is concerned.</summary>
internal enum FileContentKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A picture a model can be shown.</summary>
    Image,

    /// <summary>Neither.</summary>
    Other,
}

/// <summary>A file's kind, told by its extension.</summary>
/// <param name="MediaType">Its media type.</param>
/// <param name="Content">What it holds.</param>
internal sealed record FileKind(string MediaType, FileContentKind Content)
{
    private static readonly FileKind Unknown = new("application/octet-stream", FileContentKind.Other);

    private static readonly FrozenDictionary<string, FileKind> Kinds = new (FileContentKind Content, string MediaType, string Extensions)[]
    {
        (FileContentKind.Text, "text/plain", "txt text log ini cfg conf properties"),
        (FileContentKind.Text, "text/markdown", "md markdown"),
        (FileContentKind.Text, "text/csv", "csv"),
        (FileContentKind.Text, "text/tab-separated-values", "tsv"),
        (FileContentKind.Text, "text/html", "html htm"),
        (FileContentKind.Text, "application/json", "json"),
        (FileContentKind.Text, "application/x-ndjson", "jsonl ndjson"),
        (FileContentKind.Text, "application/xml", "xml"),
        (FileContentKind.Text, "application/yaml", "yaml yml"),
        (FileContentKind.Text, "application/toml", "toml"),
        (FileContentKind.Text, "application/sql", "sql"),
        (FileContentKind.Image, "image/png", "png"),
        (FileContentKind.Image, "image/jpeg", "jpg jpeg"),
        (FileContentKind.Image, "image/gif", "gif"),
        (FileContentKind.Image, "image/webp", "webp"),
        (FileContentKind.Image, "image/bmp", "bmp"),
        (FileContentKind.Image, "image/tiff", "tiff tif"),
        (FileContentKind.Other, "application/pdf", "pdf"),
        (FileContentKind.Other, "application/zip", "zip"),
        (FileContentKind.Other, "application/gzip", "gz"),
        (FileContentKind.Other, "application/vnd.apache.parquet", "parquet"),
        (FileContentKind.Other, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
        (FileContentKind.Other, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
        (FileContentKind.Other, "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
        (FileContentKind.Other, "audio/mpeg", "mp3"),
        (FileContentKind.Other, "audio/wav", "wav"),
        (FileContentKind.Other, "video/mp4", "mp4"),
    }
        .SelectMany(row => row.Extensions.Split(' ').Select(extension => (extension, new FileKind(row.MediaType, row.Content))))
        .ToFrozenDictionary(pair => pair.extension, pair => pair.Item2);

    /// <summary>The kind of a file with this extension, in lower case.</summary>
    public static FileKind Of(string extension) => Kinds.GetValueOrDefault(extension, Unknown);

    /// <summary>What follows the last period of a path's last segment, in lower case; empty when there is none.</summary>
    public static string ExtensionOf(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.LastIndexOf('.') is var dot and >= 0 ? name[(dot + 1)..].ToLowerInvariant() : string.Empty;
    }
}
