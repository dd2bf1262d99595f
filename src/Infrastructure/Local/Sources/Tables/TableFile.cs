using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>A file that is a table, and the state it was found in.</summary>
/// <param name="Source">The table.</param>
/// <param name="Path">Where it is, below the workspace folder.</param>
/// <param name="Name">The same relative to the workspace folder, for messages.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="Modified">When it was last written.</param>
internal sealed record TableFile(TableSource Source, string Path, string Name, long Length, DateTime Modified)
{
    /// <summary>The path as a value for DuckDB's table functions.</summary>
    public (string Name, object Value) Parameter => ("path", SqlText.ExactPath(Path));

    /// <summary>What tells one state of the file from another.</summary>
    public (string Path, long Length, DateTime Modified) Stamp => (Path, Length, Modified);

    /// <summary>The file cannot be read as what it claims to be.</summary>
    /// <param name="reason">A sentence that contains no data of the file.</param>
    public Error Damaged(string reason) => SheetErrors.SourceUnreadable(Source, $"{Name}: {reason}");

    /// <summary>Makes sure that what was read is one state of the file, not parts of two.</summary>
    /// <exception cref="UpstreamException">The file is gone, or was written since it was found.</exception>
    public void EnsureUnchanged()
    {
        var now = new FileInfo(RealPath.Of(Path) ?? Path);
        if (!now.Exists) throw new UpstreamException(SourceFailures.Code, $"The file {Name} of the table '{Source}' is gone.");
        if (now.Length == Length && now.LastWriteTimeUtc == Modified) return;
        throw new UpstreamException(
            SourceFailures.Code, $"The file {Name} of the table '{Source}' was written while it was read. Try again once it is complete.");
    }
}
