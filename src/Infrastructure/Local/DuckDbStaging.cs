using DuckDB.NET.Data;
using Mirion.Generation.Infrastructure.Local.Appending;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Local;

/// <summary>Rows staged in a temporary table, which lives as long as its connection.</summary>
internal sealed class DuckDbStaging<TRow>(DuckDbSqlSession session, WorkspaceFolder folder, DuckDBConnection connection, TableDefinition<TRow> table)
    : ISqlStaging<TRow>
{
    private const string Name = "staged";

    /// <summary>The temporary table.</summary>
    public static string Relation { get; } = $"temp.{DuckDbDialect.Instance.Quote(Name)}";

    public Task AddAsync(IReadOnlyCollection<TRow> rows, CancellationToken cancellationToken) => DuckDbCalls.RunAsync(
        folder,
        () =>
        {
            RowAppender.Append(connection, "temp", Name, table.Columns, rows);
            return rows.Count;
        },
        cancellationToken);

    public Task<T> CommitAsync<T>(Func<ISqlWriter, SqlStaged, Task<T>> work, CancellationToken cancellationToken) =>
        session.WriteAsync(connection, writer => work(writer, new SqlStaged(Relation)), cancellationToken);

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
