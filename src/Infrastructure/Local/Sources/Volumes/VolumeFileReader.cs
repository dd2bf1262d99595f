using System.Text;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Infrastructure.Local.Sources.Volumes;

/// <summary>Opens files of volumes, having made sure that they lie in their volume.</summary>
internal sealed class VolumeFileReader(WorkspaceFolder folder)
{
    /// <summary>The largest text file whose content becomes a value.</summary>
    public const int MostTextBytes = 1_000_000;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The file, and where it really is.</summary>
    public Result<(SourceFile File, string Real)> Find(VolumePath path)
    {
        if (VolumeDirectory.RealVolumeOf(folder, path) is not { } volume) return NotFound(path);
        if (RealPath.Of(folder.PathOf(path)) is not { } real || !File.Exists(real)) return NotFound(path);
        if (!RealPath.IsWithin(real, volume))
        {
            return new Error(ErrorKind.Unprocessable, "link_leaves_volume", $"The file '{path}' is a link that leads out of its volume.");
        }

        var kind = FileKind.Of(FileKind.ExtensionOf(path.Relative));
        return (new SourceFile(path, kind.MediaType, new FileInfo(real).Length), real);
    }

    /// <summary>The bytes of a file, unless there are more than <paramref name="maxBytes"/>.</summary>
    public async Task<Result<FileContent>> ReadAsync(VolumePath path, long maxBytes, CancellationToken cancellationToken)
    {
        if (!Find(path).TryGet(out var found, out var error)) return error;
        var (file, real) = found;
        if (file.SizeBytes > maxBytes)
        {
            return new Error(ErrorKind.Unprocessable, "file_too_large", $"The file '{path}' has {file.SizeBytes} bytes; at most {maxBytes} are read.");
        }

        try
        {
            return await ReadAsync(real, file.SizeBytes, cancellationToken) is { } bytes
                ? new FileContent(file, bytes)
                : new Error(ErrorKind.Unprocessable, "file_changed", $"The file '{path}' was written while it was read.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return NotFound(path);
        }
    }

    /// <summary>The text of a file, or why it is not to be had.</summary>
    public static async Task<(string? Text, GenerationError? Fault)> ReadTextAsync(SourceFile file, string real, CancellationToken cancellationToken)
    {
        if (file.SizeBytes > MostTextBytes)
        {
            return (null, new GenerationError("content_too_large", $"The file has {file.SizeBytes} bytes; the content of at most {MostTextBytes} is read."));
        }

        try
        {
            if (await ReadAsync(real, file.SizeBytes, cancellationToken) is not { } bytes) return (null, Unreadable("The file was written while it was read."));
            var text = Utf8.GetString(bytes);
            return (text.StartsWith('\uFEFF') ? text[1..] : text, null);
        }
        catch (DecoderFallbackException)
        {
            return (null, Unreadable("The file is not UTF-8 text."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, Unreadable("The file cannot be opened."));
        }
    }

    /// <summary>An item whose data cannot be read.</summary>
    public static GenerationError Unreadable(string message) => new("content_unreadable", message);

    private static Error NotFound(VolumePath path) => new(ErrorKind.NotFound, "file_not_found", $"There is no file '{path}'.");

    // Exactly as many bytes as the file was said to have; null when it has more or fewer by now. What has no bytes is not opened: it may be a pipe,
    // on which opening waits for a writer.
    private static async Task<byte[]?> ReadAsync(string real, long size, CancellationToken cancellationToken)
    {
        if (size == 0) return [];
        await using var stream = new FileStream(real, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true);
        var bytes = new byte[size];
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return read == bytes.Length && stream.Length == size ? bytes : null;
    }
}
