using System.Runtime.CompilerServices;
using DuckDB.NET.Data;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Local;

/// <summary>The product's own tables in the database of an embedded workspace.</summary>
internal sealed class DuckDbSqlSession(DuckDbDatabase database) : ISqlSession
{
    // Rows read in one visit to the pool: a few vectors of DuckDB.
    private const int ChunkSize = 4096;

    private readonly DuckDbHighWater _highWater = new();

    public async Task<IReadOnlyList<T>> QueryAsync<T>(SqlStatement query, Func<SqlRow, T> read, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await DuckDbCalls.RunAsync(database.Folder, () => connection.Query(query, read, cancellationToken), cancellationToken);
    }

    public bool KeepsStreams => true;

    public async IAsyncEnumerable<T> StreamAsync<T>(
        SqlStatement query, Func<SqlRow, T> read, [EnumeratorCancellation] CancellationToken cancellationToken, bool aside = false)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        if (aside) query = await TakeAsideAsync(connection, query, cancellationToken);
        await using var command = connection.Command(query);
        command.UseStreamingMode = true;
        await using var cancelling = cancellationToken.Register(command.Cancel);
        await using var reader = await DuckDbCalls.RunAsync(database.Folder, command.ExecuteReader, cancellationToken);
        var row = new DuckDbRow(reader);
        while (true)
        {
            var chunk = await DuckDbCalls.RunAsync(database.Folder, () => Take(reader, row, read), cancellationToken);
            foreach (var item in chunk) yield return item;
            if (chunk.Count < ChunkSize) yield break;
        }
    }

    public async Task<T> WriteAsync<T>(Func<ISqlWriter, Task<T>> work, CancellationToken cancellationToken, string? subject)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await WriteAsync(connection, work, cancellationToken);
    }

    public async Task<ISqlStaging<TRow>> StageAsync<TRow>(TableDefinition<TRow> table, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken);
        try
        {
            var columns = SqlStatement.List(table.Columns.Select(column => SqlStatement.Of($"{column} {new SqlType(column.Kind)}")));
            var name = new SqlStaged(DuckDbStaging<TRow>.Relation);
            await DuckDbCalls.RunAsync(
                database.Folder, () => connection.Execute(SqlStatement.Of($"CREATE TEMP TABLE {name} ({columns})"), cancellationToken), cancellationToken);
            return new DuckDbStaging<TRow>(this, database.Folder, connection, table);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Carries out <paramref name="work"/> on <paramref name="connection"/> as one transaction, when it is its turn to write.</summary>
    public async Task<T> WriteAsync<T>(DuckDBConnection connection, Func<ISqlWriter, Task<T>> work, CancellationToken cancellationToken)
    {
        await database.WriteTurn.WaitAsync(cancellationToken);
        try
        {
            return await DuckDbCalls.RunAsync(database.Folder, () => CommitAsync(connection, work, cancellationToken), cancellationToken);
        }
        finally
        {
            database.WriteTurn.Release();
        }
    }

    // Into a temporary table, which lives as long as its connection: whoever reads in the database itself keeps its log from being moved into its file.
    private async Task<SqlStatement> TakeAsideAsync(DuckDBConnection connection, SqlStatement query, CancellationToken cancellationToken)
    {
        var aside = new SqlStaged($"temp.{DuckDbDialect.Instance.Quote("aside")}");
        await DuckDbCalls.RunAsync(
            database.Folder, () => connection.Execute(SqlStatement.Of($"CREATE TEMP TABLE {aside} AS {query}"), cancellationToken), cancellationToken);
        return SqlStatement.Of($"SELECT * FROM {aside}");
    }

    private static List<T> Take<T>(DuckDBDataReader reader, DuckDbRow row, Func<SqlRow, T> read)
    {
        var chunk = new List<T>();
        while (chunk.Count < ChunkSize && reader.Read()) chunk.Add(read(row));
        return chunk;
    }

    private async Task<T> CommitAsync<T>(DuckDBConnection connection, Func<ISqlWriter, Task<T>> work, CancellationToken cancellationToken)
    {
        T answer;
        // Disposing without a commit rolls back.
        await using (var transaction = connection.BeginTransaction())
        {
            answer = await work(new DuckDbWriter(connection, _highWater, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            await transaction.CommitAsync(CancellationToken.None);
        }

        DuckDbCheckpoint.IfDue(connection, database.Folder);
        return answer;
    }
}
