using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Sql;

/// <summary>Writes, each statement a commit.</summary>
internal sealed class WarehouseWriter(Warehouse warehouse, DatabricksDialect dialect, StagingVolume staging, CancellationToken cancellationToken) : ISqlWriter
{
    private const string DuplicateField = "42710";
    private const string DuplicateColumn = "42711";

    public Task<long> ExecuteAsync(SqlStatement statement, bool repeatable) => warehouse.ExecuteAsync(statement, repeatable, cancellationToken);

    public Task<IReadOnlyList<T>> QueryAsync<T>(SqlStatement query, Func<SqlRow, T> read) =>
        warehouse.QueryAsync(query, read, StatementRights.Program, cancellationToken);

    public async Task PutAsync<TRow>(TableDefinition<TRow> table, IReadOnlyCollection<TRow> rows)
    {
        if (rows.Count == 0) return;
        var file = staging.NewName(table.Name, ".json");
        try
        {
            await staging.WriteAsync(file, StagedRows.Write(table, rows), cancellationToken);
            var group = table.Only(table.Key[0].Name)[0];
            var merge = table.Put(new SqlStaged(dialect.Staged(table, file)), SqlStatement.Of($"t.{group} = {group.Of(rows.First())}"));
            var written = await warehouse.ExecuteAsync(merge, repeatable: true, cancellationToken);
            if (written != rows.Count) throw new DatabricksException($"The warehouse wrote {written} rows of {rows.Count} into {table.Name}.");
        }
        finally
        {
            await staging.RemoveAsync([file]);
        }
    }

    public async Task CreateAsync(TableDefinition table)
    {
        foreach (var statement in dialect.Create(table)) await warehouse.ExecuteAsync(statement, repeatable: true, cancellationToken);
    }

    public async Task AddColumnsAsync(TableDefinition table, IReadOnlyList<ColumnDefinition> columns)
    {
        foreach (var statement in dialect.Add(table, columns))
        {
            try
            {
                await warehouse.ExecuteAsync(statement, repeatable: true, cancellationToken);
            }
            catch (StatementFailedException e) when (e.SqlState is DuplicateField or DuplicateColumn)
            {
                // An upgrade that was broken off after this is made again; ALTER TABLE of Delta knows no IF NOT EXISTS.
            }
        }
    }
}
