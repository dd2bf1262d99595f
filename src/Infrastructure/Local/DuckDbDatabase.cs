using DuckDB.NET.Data;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Infrastructure.Local;

/// <summary>
/// The one DuckDB database of an embedded workspace, opened on first use and kept open: DuckDB lets a single process hold a
/// database file for writing. External access is off but for the workspace folder, and the configuration is locked.
/// </summary>
internal sealed class DuckDbDatabase(IOptions<LocalOptions> options) : IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private DuckDBConnection? _keepAlive;

    /// <summary>The folder around it.</summary>
    public WorkspaceFolder Folder { get; } = new(options.Value.Path);

    /// <summary>Held by whoever writes: DuckDB fails the second of two transactions that change the same rows, so writers take turns.</summary>
    public SemaphoreSlim WriteTurn { get; } = new(1, 1);

    private string ConnectionString => $"DataSource={Folder.DatabaseFile}";

    /// <summary>A connection of its own to the shared database; the caller disposes it.</summary>
    /// <exception cref="UpstreamException">Another process has the workspace, or the file is damaged.</exception>
    public async Task<DuckDBConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (_keepAlive is null) await OpenDatabaseAsync(cancellationToken);
        var connection = new DuckDBConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (_keepAlive is not null) await _keepAlive.DisposeAsync();
        _opening.Dispose();
        WriteTurn.Dispose();
    }

    private async Task OpenDatabaseAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_keepAlive is not null) return;
            Directory.CreateDirectory(Folder.Tables);
            Directory.CreateDirectory(Folder.Volumes);
            var connection = new DuckDBConnection(ConnectionString);
            try
            {
                await connection.OpenAsync(cancellationToken);
                await LockDownAsync(connection, cancellationToken);
            }
            catch (DuckDBException e)
            {
                await connection.DisposeAsync();
                throw Explain(e);
            }

            _keepAlive = connection;
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task LockDownAsync(DuckDBConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        // SET takes no parameters; the only values are paths of our own making, quoted as SQL literals.
        command.CommandText = $"""
            SET GLOBAL temp_directory = {Literal(Folder.TemporaryFolder)};
            SET GLOBAL TimeZone = 'UTC';
            SET GLOBAL allowed_directories = [{Literal(Folder.Root + Path.DirectorySeparatorChar)}];
            SET GLOBAL enable_external_access = false;
            SET GLOBAL lock_configuration = true;
            """;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private UpstreamException Explain(DuckDBException e) => e.Message.Contains("lock", StringComparison.OrdinalIgnoreCase)
        ? new("workspace_in_use", $"Another process has the workspace {Folder.Root} open. Stop it, or use another folder (Workspace:Local:Path).", UpstreamFault.Unavailable, e)
        : new("workspace_failed", $"The database {Folder.DatabaseFile} cannot be opened: {e.Message}", UpstreamFault.Unavailable, e);

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
