using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Sql;

/// <summary>
/// The product's own tables as Delta tables behind a SQL warehouse. Every statement is a commit; rows in bulk go as a file through the staging volume and are merged by
/// key in one statement.
/// </summary>
internal sealed class WarehouseSession(Warehouse warehouse, DatabricksDialect dialect, StagingVolume staging) : ISqlSession
{
    // More than are at work at a time; that two subjects share a turn does no harm.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    public Task<IReadOnlyList<T>> QueryAsync<T>(SqlStatement query, Func<SqlRow, T> read, CancellationToken cancellationToken) =>
        warehouse.QueryAsync(query, read, StatementRights.Program, cancellationToken);

    public bool KeepsStreams => false;

    public IAsyncEnumerable<T> StreamAsync<T>(SqlStatement query, Func<SqlRow, T> read, CancellationToken cancellationToken, bool aside = false) =>
        warehouse.StreamAsync(query, read, StatementRights.Program, cancellationToken);

    public async Task<T> WriteAsync<T>(Func<ISqlWriter, Task<T>> work, CancellationToken cancellationToken, string? subject)
    {
        var writer = new WarehouseWriter(warehouse, dialect, staging, cancellationToken);
        if (subject is null) return await work(writer);
        var turn = _turns[(uint)subject.GetHashCode(StringComparison.Ordinal) % _turns.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await work(writer);
        }
        finally
        {
            turn.Release();
        }
    }

    public Task<ISqlStaging<TRow>> StageAsync<TRow>(TableDefinition<TRow> table, CancellationToken cancellationToken) =>
        Task.FromResult<ISqlStaging<TRow>>(new WarehouseStaging<TRow>(this, dialect, staging, table));
}
