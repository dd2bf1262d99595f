using DuckDB.NET.Data;

namespace Mirion.Generation.Infrastructure.Sources.Queries;

/// <summary>A statement and the values of its parameters.</summary>
/// <param name="Text">The statement.</param>
/// <param name="Parameters">Values by name, without the dollar sign.</param>
internal sealed record SqlQuery(string Text, params IReadOnlyList<(string Name, object Value)> Parameters)
{
    /// <summary>The statement as a command whose result is streamed rather than gathered first.</summary>
    public DuckDBCommand ToCommand(DuckDBConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = Text;
        command.UseStreamingMode = true;
        foreach (var (name, value) in Parameters) command.Parameters.Add(new DuckDBParameter(name, value));
        return command;
    }

    /// <summary>Every row, as <paramref name="read"/> makes it; for results of a few rows.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(DuckDBConnection connection, Func<DuckDBDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var rows = await QueryRows.OpenAsync(connection, this, cancellationToken);
        return await rows.TakeAsync(int.MaxValue, read);
    }

    /// <summary>The first row, as <paramref name="read"/> makes it.</summary>
    public async Task<T> SingleAsync<T>(DuckDBConnection connection, Func<DuckDBDataReader, T> read, CancellationToken cancellationToken) =>
        (await ListAsync(connection, read, cancellationToken))[0];
}
