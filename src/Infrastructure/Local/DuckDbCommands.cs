using DuckDB.NET.Data;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Local;

/// <summary>Statements on one connection.</summary>
internal static class DuckDbCommands
{
    /// <summary>The command of a statement.</summary>
    public static DuckDBCommand Command(this DuckDBConnection connection, SqlStatement statement)
    {
        var bound = BoundSql.Of(statement, DuckDbDialect.Instance);
        var command = connection.CreateCommand();
        command.CommandText = bound.Text;
        foreach (var parameter in bound.Parameters) command.Parameters.Add(DuckDbValues.Parameter(parameter));
        return command;
    }

    /// <summary>Executes a statement and answers how many rows it wrote.</summary>
    public static int Execute(this DuckDBConnection connection, SqlStatement statement, CancellationToken cancellationToken)
    {
        using var command = connection.Command(statement);
        using var cancelling = cancellationToken.Register(command.Cancel);
        return command.ExecuteNonQuery();
    }

    /// <summary>Every row of a query.</summary>
    public static IReadOnlyList<T> Query<T>(this DuckDBConnection connection, SqlStatement query, Func<SqlRow, T> read, CancellationToken cancellationToken)
    {
        using var command = connection.Command(query);
        using var cancelling = cancellationToken.Register(command.Cancel);
        using var reader = command.ExecuteReader();
        var row = new DuckDbRow(reader);
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(row));
        return rows;
    }
}
