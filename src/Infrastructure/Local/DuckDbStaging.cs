using DuckDB.NET.Data;
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
            using var appender = connection.CreateAppender("temp", "main", Name);
            appender.Append(table.Columns, rows);
            appender.Close();
            return rows.Count;
        },
        cancellationToken);

    public Task<T> CommitAsync<T>(Func<ISqlWriter, SqlStaged, Task<T>> work, CancellationToken cancellationToken) =>
        session.WriteAsync(connection, writer => work(writer, new SqlStaged(Relation)), cancellationToken);

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
