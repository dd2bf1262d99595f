using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Databricks.Files;
using Mirion.Generation.Infrastructure.Sources.Volumes;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Volumes;

/// <summary>Reads files of volumes, with the user's own rights.</summary>
internal sealed class VolumeFiles(IFilesApi files)
{
    private const int MostAttempts = 3;

    /// <summary>The bytes of a file, unless there are more than <paramref name="maxBytes"/>.</summary>
    public async Task<Result<FileContent>> ReadAsync(VolumePath path, long maxBytes, CancellationToken cancellationToken)
    {
        // A volume itself is no file; the Files API has other words for it than for a file that is not there.
        if (path.Relative.Length == 0) return FileErrors.NotFound(path);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var response = await files.GetFileAsync(FilesPath.Of(path), onBehalfOfUser: true, cancellationToken);
                return await ReadAsync(path, response.Content, maxBytes, cancellationToken);
            }
            catch (DatabricksException e) when (e.IsNotFound || e.Status == 403)
            {
                return FileErrors.NotFound(path);
            }
            // The answer came, and broke off in the middle: that is past what the client itself repeats.
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                if (attempt == MostAttempts) throw new DatabricksException($"The file '{path}' broke off while it was read, {MostAttempts} times.", UpstreamFault.Unavailable, e);
            }
        }
    }

    /// <summary>The text of a file that was listed, or why it is not to be had.</summary>
    public async Task<(string? Text, GenerationError? Fault)> ReadTextAsync(SourceFile file, CancellationToken cancellationToken)
    {
        var content = await ReadAsync(file.Path, FileText.MostBytes, cancellationToken);
        if (content.TryGet(out var read, out var error)) return read.File.SizeBytes == file.SizeBytes ? FileText.Of(read.Bytes.Span) : (null, FileText.Changed());
        return (null, error.Code == "file_not_found" ? FileText.Unreadable("The file is gone, or may not be read with these credentials.") : FileText.Changed());
    }

    private static async Task<Result<FileContent>> ReadAsync(VolumePath path, HttpContent content, long maxBytes, CancellationToken cancellationToken)
    {
        var kind = FileKind.Of(FileKind.ExtensionOf(path.Relative));
        var stated = content.Headers.ContentLength;
        if (stated > maxBytes) return FileErrors.TooLarge(new SourceFile(path, kind.MediaType, stated.Value), maxBytes);
        using var bytes = new MemoryStream((int)Math.Min(stated ?? 0, int.MaxValue));
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[81_920];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            bytes.Write(buffer, 0, read);
            // A length that is not stated, or not kept to.
            if (bytes.Length > maxBytes) return FileErrors.TooLarge(new SourceFile(path, kind.MediaType, bytes.Length), maxBytes);
        }

        return stated is null || stated == bytes.Length
            ? new FileContent(new SourceFile(path, kind.MediaType, bytes.Length), bytes.ToArray())
            : FileErrors.Changed(path);
    }
}
