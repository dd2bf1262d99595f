using System.Globalization;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Sql;

/// <summary>Rows staged as files of one directory of the staging volume.</summary>
internal sealed class WarehouseStaging<TRow>(WarehouseSession session, DatabricksDialect dialect, StagingVolume staging, TableDefinition<TRow> table) : ISqlStaging<TRow>
{
    private readonly VolumePath _directory = staging.NewName(table.Name);
    private readonly List<VolumePath> _parts = [];

    public async Task AddAsync(IReadOnlyCollection<TRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0) return;
        if (_parts.Count == 0) await staging.MakeAsync(_directory, cancellationToken);
        var part = StagingVolume.Below(_directory, string.Create(CultureInfo.InvariantCulture, $"part-{_parts.Count:d6}.json"));
        // Noted before it is written, so that it is removed also when the writing is broken off.
        _parts.Add(part);
        await staging.WriteAsync(part, StagedRows.Write(table, rows), cancellationToken);
    }

    public Task<T> CommitAsync<T>(Func<ISqlWriter, SqlStaged, Task<T>> work, CancellationToken cancellationToken)
    {
        var relation = _parts.Count == 0 ? dialect.Empty(table) : dialect.Staged(table, _directory);
        return session.WriteAsync(writer => work(writer, new SqlStaged(relation)), cancellationToken, subject: null);
    }

    public async ValueTask DisposeAsync()
    {
        if (_parts.Count > 0) await staging.RemoveAsync(_parts, _directory);
    }
}
