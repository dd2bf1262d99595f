using DuckDB.NET.Data;

namespace Mirion.Generation.Infrastructure.Local;

/// <summary>
/// Moves what was committed from DuckDB's log into the database file, once the log has grown long. DuckDB does that by itself, but not in a commit that updates a row while
/// anybody reads; and every batch of a run updates the training sheet's counts while the run reads its items. Left alone, the log and the memory for what it holds grow with the sheet, and
/// whoever opens the database after a crash goes through all of it.
/// </summary>
internal static class DuckDbCheckpoint
{
    /// <summary>
    /// How long the log may grow: about 150,000 pairs, more than a row group of DuckDB (122,880), for a row group that is not full is compressed again at the next checkpoint; and less
    /// than a second's work for whoever opens the database after a crash.
    /// </summary>
    public const int LogMegabytes = 128;

    /// <summary>Moves the log if it is long. To be called by whoever has the turn to write, between transactions.</summary>
    public static void IfDue(DuckDBConnection connection, WorkspaceFolder folder) => IfLonger(connection, folder, LogMegabytes * 1_000_000L);

    /// <summary>Moves the log if it is longer than that.</summary>
    public static void IfLonger(DuckDBConnection connection, WorkspaceFolder folder, long bytes)
    {
        if (new FileInfo(folder.LogFile) is not { Exists: true } log || log.Length <= bytes) return;
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = "CHECKPOINT";
            command.ExecuteNonQuery();
        }
        catch (DuckDBException e) when (e.Message.Contains("Cannot CHECKPOINT", StringComparison.Ordinal))
        {
            // Somebody reads what is not in the file yet; the next commit tries again.
        }
    }
}
