using DuckDB.NET.Data;

namespace Mirion.Generation.Infrastructure.Local;

/// <summary>What no statement on a database may do, whoever wrote it: reach past the workspace's folder, load code, or change any of this.</summary>
internal static class DuckDbLockdown
{
    /// <summary>Locks a database down; for all of its connections, and for good.</summary>
    /// <param name="connection">A connection to it.</param>
    /// <param name="folder">The only folder it may touch.</param>
    /// <param name="temporary">Where it puts what does not fit into memory: a folder that no other database uses so, for they all call their files alike.</param>
    /// <param name="megabytes">How much memory it may take.</param>
    public static void Apply(DuckDBConnection connection, WorkspaceFolder folder, string temporary, int megabytes)
    {
        using var command = connection.CreateCommand();
        // SET takes no parameters; the only values are paths and figures of our own making, quoted as SQL literals.
        command.CommandText = $"""
            SET GLOBAL temp_directory = {DuckDbDialect.Instance.Literal(temporary)};
            SET GLOBAL memory_limit = '{megabytes}MB';
            SET GLOBAL TimeZone = 'UTC';
            SET GLOBAL checkpoint_threshold = '{DuckDbCheckpoint.LogMegabytes}MB';
            SET GLOBAL autoinstall_known_extensions = false;
            SET GLOBAL autoload_known_extensions = false;
            SET GLOBAL allowed_directories = [{DuckDbDialect.Instance.Literal(folder.Root + Path.DirectorySeparatorChar)}];
            SET GLOBAL enable_external_access = false;
            SET GLOBAL lock_configuration = true;
            """;
        command.ExecuteNonQuery();
    }
}
