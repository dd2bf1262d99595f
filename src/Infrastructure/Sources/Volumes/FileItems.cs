using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Infrastructure.Sources.Volumes;

/// <summary>Makes items of files.</summary>
internal static class FileItems
{
    /// <summary>Nobody could ask for a file of such a name.</summary>
    public static GenerationError NameUnsupported { get; } = new("name_unsupported", "The file's name has a backslash or a control character.");

    /// <summary>An item whose data cannot be read.</summary>
    public static SheetItem Faulty(ItemRef item, long sequenceNumber, IReadOnlyList<string> columns, GenerationError fault, SourceFile? file = null) =>
        new(item, sequenceNumber, columns.ToDictionary(column => column, _ => (object?)null, StringComparer.Ordinal), file, fault);

    /// <summary>The item that a file is; its text is read where a column asks for it.</summary>
    /// <param name="item">The item's name.</param>
    /// <param name="sequenceNumber">Its place.</param>
    /// <param name="file">The file.</param>
    /// <param name="columns">The columns asked for, all of them columns of a volume.</param>
    /// <param name="readText">Reads the text of a file that has any.</param>
    public static async ValueTask<SheetItem> OfAsync(
        ItemRef item, long sequenceNumber, SourceFile file, IReadOnlyList<string> columns, Func<Task<(string? Text, GenerationError? Fault)>> readText)
    {
        var (content, fault) = columns.Contains(VolumeColumns.Content) ? await ContentOfAsync(file, readText) : default;
        return fault is null
            ? new SheetItem(item, sequenceNumber, ValuesOf(item.Value, file, content, columns), file)
            : Faulty(item, sequenceNumber, columns, fault, file);
    }

    private static async Task<(string? Text, GenerationError? Fault)> ContentOfAsync(SourceFile file, Func<Task<(string? Text, GenerationError? Fault)>> readText) =>
        FileKind.Of(FileKind.ExtensionOf(file.Path.Relative)).Content switch
        {
            FileContentKind.Text when file.SizeBytes > FileText.MostBytes => (null, FileText.TooLarge(file)),
            FileContentKind.Text => await readText(),
            FileContentKind.Image => (null, null),
            _ => (null, new GenerationError("content_unsupported", $"A file of type {file.MediaType} has no text that could be read.")),
        };

    private static Dictionary<string, object?> ValuesOf(string path, SourceFile file, string? content, IReadOnlyList<string> columns)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return columns.ToDictionary(column => column, column => column switch
        {
            VolumeColumns.Path => path,
            VolumeColumns.Name => name,
            VolumeColumns.Extension => FileKind.ExtensionOf(name),
            VolumeColumns.SizeBytes => file.SizeBytes,
            VolumeColumns.MediaType => file.MediaType,
            VolumeColumns.Content => (object?)content,
            _ => throw new ArgumentException($"No volume has a column '{column}'.", nameof(columns)),
        }, StringComparer.Ordinal);
    }
}
