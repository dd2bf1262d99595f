using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Databricks.Files;

namespace Mirion.Generation.Infrastructure.Databricks.Sql;

/// <summary>
/// The volume that rows pass through on their way into tables. Names are new each time: two writers never share a file, and a file that stays behind, when this program
/// was killed, is in nobody's way and may be deleted.
/// </summary>
internal sealed partial class StagingVolume(IFilesApi files, IOptions<DatabricksOptions> options, ILogger<StagingVolume> logger)
{
    private readonly VolumePath _root = VolumePath.Parse(options.Value.StagingVolume!).Value;

    /// <summary>A name below the volume that nobody has used.</summary>
    public VolumePath NewName(string what, string extension = "") => Below(_root, $"{what}-{Guid.NewGuid():N}{extension}");

    /// <summary>A file or directory within a directory.</summary>
    public static VolumePath Below(VolumePath directory, string name) => directory.Append(name).Value;

    /// <summary>Makes a directory, with those above it.</summary>
    public Task MakeAsync(VolumePath directory, CancellationToken cancellationToken) => files.PutDirectoryAsync(FilesPath.Of(directory), cancellationToken);

    /// <summary>Writes a file.</summary>
    public async Task WriteAsync(VolumePath file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        // Whether writing a file makes the directories above it is not documented; a volume itself is always there.
        if (_root.Relative.Length > 0) await MakeAsync(_root, cancellationToken);
        using var content = new ReadOnlyMemoryContent(bytes);
        await files.PutFileAsync(FilesPath.Of(file), content, cancellationToken);
    }

    /// <summary>Removes files, and then the directory they are in where one is given; what cannot be removed stays, and is logged.</summary>
    public async Task RemoveAsync(IEnumerable<VolumePath> paths, VolumePath? directory = null)
    {
        foreach (var path in paths) await RemoveAsync(path, files.DeleteFileAsync);
        if (directory is not null) await RemoveAsync(directory, files.DeleteDirectoryAsync);
    }

    // Not the caller's cancellation: what was put there is removed also when the work was broken off.
    private async Task RemoveAsync(VolumePath path, Func<string, CancellationToken, Task> remove)
    {
        try
        {
            await remove(FilesPath.Of(path), CancellationToken.None);
        }
        catch (DatabricksException e) when (e.IsNotFound)
        {
            // A delete whose reply was lost is made again, and finds nothing.
        }
        catch (DatabricksException e)
        {
            LogLeft(path, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Path} could not be removed from the staging volume and may be deleted by hand: {Reason}")]
    private partial void LogLeft(VolumePath path, string reason);
}
