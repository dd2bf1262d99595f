using DuckDB.NET.Data;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Local.Appending;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Local;

/// <summary>Writes within one transaction.</summary>
internal sealed class DuckDbWriter(DuckDBConnection connection, DuckDbHighWater highWater, CancellationToken cancellationToken) : ISqlWriter
{
    public Task<long> ExecuteAsync(SqlStatement statement, bool repeatable) => Task.FromResult<long>(connection.Execute(statement, cancellationToken));

    public Task<IReadOnlyList<T>> QueryAsync<T>(SqlStatement query, Func<SqlRow, T> read) => Task.FromResult(connection.Query(query, read, cancellationToken));

    public Task PutAsync<TRow>(TableDefinition<TRow> table, IReadOnlyCollection<TRow> rows)
    {
        var known = Known(table, rows);
        if (known.Count > 0) connection.Execute(table.Delete(KeyIsOneOf(table, known)), cancellationToken);
        connection.Append(table, rows);
        return Task.CompletedTask;
    }

    public Task CreateAsync(TableDefinition table)
    {
        foreach (var statement in DuckDbDialect.Instance.Create(table)) connection.Execute(statement, cancellationToken);
        return Task.CompletedTask;
    }

    public Task AddColumnsAsync(TableDefinition table, IReadOnlyList<ColumnDefinition> columns)
    {
        foreach (var statement in DuckDbDialect.Instance.Add(table, columns)) connection.Execute(statement, cancellationToken);
        return Task.CompletedTask;
    }

    // The rows that may be in the table already.
    private List<TRow> Known<TRow>(TableDefinition<TRow> table, IReadOnlyCollection<TRow> rows)
    {
        if (table.GrowsBy is null) return [.. rows];
        var (group, growing) = (table.Only(table.Key[0].Name)[0], table.Only(table.GrowsBy)[0]);
        ItemRef Place(TRow row) => new((string)growing.Value(row)!);
        ItemRef? Find() => connection.Query(
            SqlStatement.Of($"SELECT max({growing}) AS mark FROM {table} WHERE {group} = {group.Of(rows.First())}"), row => row.TextOrNull("mark"), cancellationToken)[0]
            is { } mark ? new(mark) : null;

        var mark = highWater.Raise(table.Name, (string)group.Value(rows.First())!, rows.Select(Place), Find);
        return mark is null ? [] : [.. rows.Where(row => Place(row) <= mark)];
    }

    private static SqlStatement KeyIsOneOf<TRow>(TableDefinition<TRow> table, List<TRow> rows)
    {
        var (group, id) = (table.Only(table.Key[0].Name)[0], table.Only(table.Key[^1].Name)[0]);
        var ids = new SqlTexts([.. rows.Select(row => id.Value(row)!.ToString()!)]);
        return SqlStatement.Of($"{group} = {group.Of(rows[0])} AND {id} IN (SELECT CAST(id AS {new SqlType(id.Kind)}) FROM ({ids}) AS ids(id))");
    }
}
