using DuckDB.NET.Data;
using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Infrastructure.Local;

/// <summary>
/// Tells trouble with the machine or the database file from a mistake in a statement of ours, which is left to be a bug. DuckDB's messages may quote
/// rows, so none is passed on once the database is open.
/// </summary>
internal static class DuckDbTrouble
{
    private const string Failed = "workspace_failed";

    /// <summary>Why the workspace's folder cannot be made.</summary>
    public static UpstreamException Making(Exception e, WorkspaceFolder folder) => new(
        Failed, $"The workspace {folder.Root} cannot be made: {e.Message} Use another folder (Workspace:Local:Path).", UpstreamFault.Unavailable, e);

    /// <summary>Why the database cannot be opened.</summary>
    public static UpstreamException Opening(DuckDBException e, WorkspaceFolder folder) => e.Message switch
    {
        // The second one: this process has it open already, and locked its configuration.
        var message when Mentions(message, "Could not set lock") || Mentions(message, "configuration has been locked") => new(
            "workspace_in_use",
            $"Another program has the workspace {folder.Root} open. Stop it, or use another folder (Workspace:Local:Path).",
            UpstreamFault.Unavailable,
            e),
        var message => new(
            Failed,
            $"The database {folder.DatabaseFile} cannot be opened: {FirstLine(message)} If it is damaged, put a backup in its place; without the file, a new and empty database is made.",
            UpstreamFault.Unavailable,
            e),
    };

    /// <summary>What it means that a statement failed: trouble with the workspace, or null for a statement that is wrong.</summary>
    public static UpstreamException? Working(Exception e, WorkspaceFolder folder) => e.Message switch
    {
        var message when Mentions(message, "No space left on device") || Mentions(message, "disk is full") || Mentions(message, "File too large") => new(
            Failed, $"The disk of the workspace {folder.Root} is full. Nothing of the last write was stored. Free some space and try again.", UpstreamFault.Unavailable, e),
        var message when Is(message, "Out of Memory Error") => new(
            Failed, "The embedded database ran out of memory (Workspace:Local:MemoryMegabytes). Nothing of the last write was stored.", UpstreamFault.Unavailable, e),
        var message when Is(message, "FATAL Error") || Is(message, "INTERNAL Error") || Mentions(message, "database has been invalidated") => new(
            Failed, $"The database {folder.DatabaseFile} had to stop. Start this program again; if it stops again, the file is damaged.", UpstreamFault.Unavailable, e),
        var message when Is(message, "IO Error") || Is(message, "Serialization Error") || Is(message, "Corrupt") => new(
            Failed, $"The database {folder.DatabaseFile} cannot be read or written. Check the disk, and that the file is whole.", UpstreamFault.Unavailable, e),
        _ => null,
    };

    private static bool Is(string message, string headline) => message.StartsWith(headline, StringComparison.OrdinalIgnoreCase);

    private static bool Mentions(string message, string part) => message.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd('.') + ".";
}
