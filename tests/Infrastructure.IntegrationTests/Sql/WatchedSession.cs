using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Sql;

/// <summary>A session in which something happens after statements that write, counted from 1 over the whole session.</summary>
/// <param name="session">The session.</param>
/// <param name="after">What happens.</param>
internal sealed class WatchedSession(ISqlSession session, Func<int, Task> after) : ISqlSession
{
    private int _executed;

    public bool KeepsStreams => session.KeepsStreams;

    /// <summary>Whether each statement that may be repeated is, as if its first reply had been lost.</summary>
    public bool LosesReplies { get; init; }

    public Task<IReadOnlyList<T>> QueryAsync<T>(SqlStatement query, Func<SqlRow, T> read, CancellationToken cancellationToken) => session.QueryAsync(query, read, cancellationToken);

    public IAsyncEnumerable<T> StreamAsync<T>(SqlStatement query, Func<SqlRow, T> read, CancellationToken cancellationToken, bool aside = false) =>
        session.StreamAsync(query, read, cancellationToken, aside);

    public Task<T> WriteAsync<T>(Func<ISqlWriter, Task<T>> work, CancellationToken cancellationToken, string? subject = null) =>
        session.WriteAsync(writer => work(new Watched(this, writer)), cancellationToken, subject);

    public Task<ISqlStaging<TRow>> StageAsync<TRow>(TableDefinition<TRow> table, CancellationToken cancellationToken) => session.StageAsync(table, cancellationToken);

    private sealed class Watched(WatchedSession watched, ISqlWriter writer) : ISqlWriter
    {
        public async Task<long> ExecuteAsync(SqlStatement statement, bool repeatable = false)
        {
            var rows = await writer.ExecuteAsync(statement, repeatable);
            if (watched.LosesReplies && repeatable) rows = await writer.ExecuteAsync(statement, repeatable);
            await watched.AfterAsync(++watched._executed);
            return rows;
        }

        public Task<IReadOnlyList<T>> QueryAsync<T>(SqlStatement query, Func<SqlRow, T> read) => writer.QueryAsync(query, read);

        public Task PutAsync<TRow>(TableDefinition<TRow> table, IReadOnlyCollection<TRow> rows) => writer.PutAsync(table, rows);

        public Task CreateAsync(TableDefinition table) => writer.CreateAsync(table);

        public Task AddColumnsAsync(TableDefinition table, IReadOnlyList<ColumnDefinition> columns) => writer.AddColumnsAsync(table, columns);
    }

    private Task AfterAsync(int number) => after(number);
}
