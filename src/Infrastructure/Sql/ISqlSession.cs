namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>A store that speaks SQL, as the repositories use it.</summary>
internal interface ISqlSession
{
    /// <summary>The rows of a query that has few.</summary>
    Task<IReadOnlyList<T>> QueryAsync<T>(SqlStatement query, Func<SqlRow, T> read, CancellationToken cancellationToken);

    /// <summary>The rows of a query that may have many, as they come; the row handed to <paramref name="read"/> is good only until it returns.</summary>
    /// <param name="query">The query.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="aside">Whether the rows are taken aside first, for one who reads as long as a run lasts: a store that holds anything up for a reader need not wait for this one.</param>
    IAsyncEnumerable<T> StreamAsync<T>(SqlStatement query, Func<SqlRow, T> read, CancellationToken cancellationToken, bool aside = false);

    /// <summary>Whether the rows of a stream can be read for as long as a run lasts; a warehouse keeps a result for an hour or so.</summary>
    bool KeepsStreams { get; }

    /// <summary>
    /// Carries out <paramref name="work"/> as one commit. Where the store has no transaction over several statements each is a commit of its own, in the order
    /// in which they are executed; work is written so that it can end after any of them.
    /// </summary>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="subject">
    /// What the work is about, when it reads what it wrote: of this process's works with the same subject one is done at a time, so that each reads its own. Between
    /// processes a store without transactions gives no such promise.
    /// </param>
    Task<T> WriteAsync<T>(Func<ISqlWriter, Task<T>> work, CancellationToken cancellationToken, string? subject = null);

    /// <summary>Begins to stage rows of the shape of <paramref name="table"/>.</summary>
    Task<ISqlStaging<TRow>> StageAsync<TRow>(TableDefinition<TRow> table, CancellationToken cancellationToken);
}

/// <summary>What can be done within a commit.</summary>
internal interface ISqlWriter
{
    /// <summary>Executes a statement and answers how many rows it wrote.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="repeatable">
    /// Whether executing it twice is as good as once, the answer included: then a store that may have lost a reply executes it again, and else it fails.
    /// </param>
    Task<long> ExecuteAsync(SqlStatement statement, bool repeatable = false);

    /// <summary>The rows of a query that has few, as they are after what was executed.</summary>
    Task<IReadOnlyList<T>> QueryAsync<T>(SqlStatement query, Func<SqlRow, T> read);

    /// <summary>
    /// Writes rows by the table's key: each takes the place of the one that has its key, or is added. All share their first key column, and none its
    /// whole key with another.
    /// </summary>
    Task PutAsync<TRow>(TableDefinition<TRow> table, IReadOnlyCollection<TRow> rows);

    /// <summary>Creates a table unless it is there.</summary>
    Task CreateAsync(TableDefinition table);

    /// <summary>Adds columns, which may be null, to a table there is; does nothing when it has them.</summary>
    Task AddColumnsAsync(TableDefinition table, IReadOnlyList<ColumnDefinition> columns);
}

/// <summary>Rows on their way into a table. Disposing drops them.</summary>
/// <typeparam name="TRow">What a row is.</typeparam>
internal interface ISqlStaging<in TRow> : IAsyncDisposable
{
    /// <summary>Adds rows.</summary>
    Task AddAsync(IReadOnlyCollection<TRow> rows, CancellationToken cancellationToken);

    /// <summary>Carries out <paramref name="work"/>, which selects from the staged rows, as one commit.</summary>
    Task<T> CommitAsync<T>(Func<ISqlWriter, SqlStaged, Task<T>> work, CancellationToken cancellationToken);
}
