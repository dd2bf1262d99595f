using Microsoft.Extensions.Options;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Databricks.Files;

namespace Mirion.Generation.Infrastructure.Databricks.Doctor;

/// <summary>Whether files can pass through the staging volume, and whether one that is written again is replaced.</summary>
internal sealed class VolumeExamination(IFilesApi files, IOptions<DatabricksOptions> options)
{
    private static readonly byte[] First = [.. "the first"u8];
    private static readonly byte[] Second = [.. "the second, which is longer"u8];

    public Examination Examination => new(
        "staging_volume",
        "Make the volume that Workspace:Databricks:StagingVolume names, and grant READ VOLUME and WRITE VOLUME on it, and USE CATALOG and USE SCHEMA on where it is.",
        LookAsync);

    private async Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        var volume = VolumePath.Parse(options.Value.StagingVolume!).Value;
        if (volume.Relative.Length > 0) await files.PutDirectoryAsync(FilesPath.Of(volume), cancellationToken);
        var file = FilesPath.Of(volume.Append($"doctor-{Guid.NewGuid():N}.txt").Value);
        await WriteAsync(file, First, cancellationToken);
        try
        {
            await WriteAsync(file, Second, cancellationToken);
            using var answer = await files.GetFileAsync(file, onBehalfOfUser: false, cancellationToken);
            var read = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            return read.AsSpan().SequenceEqual(Second)
                ? new Finding($"A file could be written to {volume}, replaced, read and deleted.")
                : new Finding("A file that was written a second time did not take the second content.", "Please report this: the product counts on it.");
        }
        finally
        {
            await files.DeleteFileAsync(file, CancellationToken.None);
        }
    }

    private async Task WriteAsync(string file, byte[] bytes, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(bytes);
        await files.PutFileAsync(file, content, cancellationToken);
    }
}
