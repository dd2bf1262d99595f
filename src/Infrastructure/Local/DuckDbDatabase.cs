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

    private string ConnectionString => new DuckDBConnectionStringBuilder { DataSource = Folder.DatabaseFile }.ConnectionString;

    /// <summary>A connection of its own to the shared database; the caller disposes it.</summary>
    /// <exception cref="UpstreamException">Another process has the workspace, or the file is damaged.</exception>
    public async Task<DuckDBConnection> OpenAsync(CancellationToken cancellationToken)
    {
        await EnsureOpenAsync(cancellationToken);
        var connection = new DuckDBConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <summary>Opens the database unless it is open; makes the folder and the file when they are not there.</summary>
    /// <exception cref="UpstreamException">Another process has the workspace, or the file is damaged.</exception>
    public Task EnsureOpenAsync(CancellationToken cancellationToken) => _keepAlive is null ? OpenDatabaseAsync(cancellationToken) : Task.CompletedTask;

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
            _keepAlive = await Task.Run(OpenLocked, cancellationToken);
        }
        finally
        {
            _opening.Release();
        }
    }

    private DuckDBConnection OpenLocked()
    {
        var connection = new DuckDBConnection(ConnectionString);
        try
        {
            Folder.Create();
            connection.Open();
            DuckDbLockdown.Apply(connection, Folder, Folder.TemporaryFolder, options.Value.MemoryMegabytes);
            return connection;
        }
        catch (Exception e)
        {
            connection.Dispose();
            throw e switch
            {
                DuckDBException trouble => DuckDbTrouble.Opening(trouble, Folder),
                IOException or UnauthorizedAccessException => DuckDbTrouble.Making(e, Folder),
                _ => e,
            };
        }
    }
}
