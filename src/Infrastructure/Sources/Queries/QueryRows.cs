using DuckDB.NET.Data;

namespace Mirion.Generation.Infrastructure.Sources.Queries;

/// <summary>
/// The rows of a query under way. DuckDB computes on the calling thread, whatever the method is called; so its calls run on the pool,
/// and cancelling interrupts them.
/// </summary>
internal sealed class QueryRows : IAsyncDisposable
{
    private readonly DuckDBCommand _command;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _cancelling;
    private DuckDBDataReader? _reader;

    private QueryRows(DuckDBCommand command, CancellationToken cancellationToken)
    {
        _command = command;
        _cancellationToken = cancellationToken;
        _cancelling = cancellationToken.Register(command.Cancel);
    }

    /// <summary>Starts a query.</summary>
    public static async Task<QueryRows> OpenAsync(DuckDBConnection connection, SqlQuery query, CancellationToken cancellationToken)
    {
        var rows = new QueryRows(query.ToCommand(connection), cancellationToken);
        try
        {
            rows._reader = await rows.RunAsync(rows._command.ExecuteReader);
            return rows;
        }
        catch
        {
            await rows.DisposeAsync();
            throw;
        }
    }

    /// <summary>Up to <paramref name="count"/> rows more; fewer only at the end.</summary>
    public Task<List<T>> TakeAsync<T>(int count, Func<DuckDBDataReader, T> read) => RunAsync(() =>
    {
        var taken = new List<T>(Math.Min(count, 1024));
        while (taken.Count < count && _reader!.Read()) taken.Add(read(_reader));
        return taken;
    });

    public async ValueTask DisposeAsync()
    {
        await _cancelling.DisposeAsync();
        if (_reader is not null) await _reader.DisposeAsync();
        await _command.DisposeAsync();
    }

    private async Task<T> RunAsync<T>(Func<T> work)
    {
        try
        {
            return await Task.Run(work, _cancellationToken);
        }
        catch (DuckDBException) when (_cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(_cancellationToken);
        }
    }
}
