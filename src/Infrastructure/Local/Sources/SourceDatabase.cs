using DuckDB.NET.Data;
using Microsoft.Extensions.Options;

namespace Mirion.Generation.Infrastructure.Local.Sources;

/// <summary>
/// The DuckDB that reads the files of a workspace: in memory, without a table in it. Apart from the product's own database, because a run reads its items for as long as it lasts, and
/// DuckDB moves nothing from a database's log into its file while anybody reads in that database.
/// </summary>
internal sealed class SourceDatabase(IOptions<LocalOptions> options) : IDisposable
{
    private readonly Lock _opening = new();
    private DuckDBConnection? _keepAlive;

    /// <summary>The folder whose files it reads.</summary>
    public WorkspaceFolder Folder { get; } = new(options.Value.Path);

    /// <summary>A connection of its own; the caller disposes it.</summary>
    public DuckDBConnection Open()
    {
        lock (_opening)
        {
            var connection = (_keepAlive ??= OpenLocked()).Duplicate();
            connection.Open();
            return connection;
        }
    }

    public void Dispose() => _keepAlive?.Dispose();

    private DuckDBConnection OpenLocked()
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        DuckDbLockdown.Apply(connection, Folder, Folder.TemporarySources, options.Value.MemoryMegabytes);
        return connection;
    }
}
