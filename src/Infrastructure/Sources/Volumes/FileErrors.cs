using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Infrastructure.Sources.Volumes;

/// <summary>The refusals that concern one file.</summary>
internal static class FileErrors
{
    /// <summary>There is no such file.</summary>
    public static Error NotFound(VolumePath path) => new(ErrorKind.NotFound, "file_not_found", $"There is no file '{path}'.");

    /// <summary>The file is larger than what may be read.</summary>
    public static Error TooLarge(SourceFile file, long maxBytes) =>
        new(ErrorKind.Unprocessable, "file_too_large", $"The file '{file.Path}' has {file.SizeBytes} bytes; at most {maxBytes} are read.");

    /// <summary>The file was written while it was read.</summary>
    public static Error Changed(VolumePath path) => new(ErrorKind.Unprocessable, "file_changed", $"The file '{path}' was written while it was read.");
}
