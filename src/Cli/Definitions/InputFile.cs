using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Cli.Definitions;

/// <summary>Files that the command line names.</summary>
internal static class InputFile
{
    /// <summary>As large as the body of a request may be.</summary>
    private const long LargestDefinitions = 32 * 1024 * 1024;

    /// <summary>Opens a file for streaming.</summary>
    public static Result<FileStream> Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Error(ErrorKind.NotFound, "file_not_found", $"There is no file '{path}'.");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException or ArgumentException)
        {
            return new Error(ErrorKind.Invalid, "file_unreadable", $"The file '{path}' cannot be read: {e.Message}");
        }
    }

    /// <summary>Reads a file of definitions whole.</summary>
    public static async Task<Result<byte[]>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!Open(path).TryGet(out var opened, out var error)) return error;
        await using var file = opened;
        if (file.CanSeek && file.Length > LargestDefinitions)
        {
            return new Error(ErrorKind.Invalid, "file_too_large", $"The file '{path}' has {file.Length} bytes; at most {LargestDefinitions} are read.");
        }

        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }
}
