using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Sources.Volumes;

namespace Mirion.Generation.Infrastructure.Local.Sources.Volumes;

/// <summary>Opens files of volumes, having made sure that they lie in their volume.</summary>
internal sealed class VolumeFileReader(WorkspaceFolder folder)
{
    /// <summary>The file, and where it really is.</summary>
    public Result<(SourceFile File, string Real)> Find(VolumePath path)
    {
        if (VolumeDirectory.RealVolumeOf(folder, path) is not { } volume) return FileErrors.NotFound(path);
        if (RealPath.Of(folder.PathOf(path)) is not { } real || !File.Exists(real)) return FileErrors.NotFound(path);
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
        if (file.SizeBytes > maxBytes) return FileErrors.TooLarge(file, maxBytes);
        try
        {
            return await ReadAsync(real, file.SizeBytes, cancellationToken) is { } bytes
                ? new FileContent(file, bytes)
                : FileErrors.Changed(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return FileErrors.NotFound(path);
        }
    }

    /// <summary>The text of a file, or why it is not to be had.</summary>
    public static async Task<(string? Text, GenerationError? Fault)> ReadTextAsync(SourceFile file, string real, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(real, file.SizeBytes, cancellationToken) is { } bytes ? FileText.Of(bytes) : (null, FileText.Changed());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, FileText.Unreadable("The file cannot be opened."));
        }
    }

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
