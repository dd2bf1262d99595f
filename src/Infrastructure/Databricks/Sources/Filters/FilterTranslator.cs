using DuckDB.NET.Data;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Databricks.Sources.Tables;
using Mirion.Generation.Infrastructure.Sources.Filters;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Filters;

/// <summary>
/// Makes a sheet's filter a condition in Databricks SQL. The language is that of the embedded workspace: an embedded DuckDB, in memory and with everything else locked away, parses the filter, types it
/// and computes its constants; no row ever goes there.
/// </summary>
internal sealed class FilterTranslator : IAsyncDisposable
{
    // A statement takes 256 parameters (docs.databricks.com/api/statement-execution), and some are needed for other things.
    private const int MostConstants = 200;

    // One filter at a time: it takes a few milliseconds, and a connection is not for two.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private DuckDBConnection? _connection;

    /// <summary>The condition that <paramref name="text"/> is over these columns, or why it is none.</summary>
    public async Task<Result<SqlStatement>> TranslateAsync(string text, IReadOnlyList<DeltaColumn> columns, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _connection ??= await Task.Run(Open, cancellationToken);
            if (!(await FilterSyntax.ReadAsync(_connection, text, columns, cancellationToken)).TryGet(out var filter, out var error)) return error;
            return Unsuitable(filter) is { } reason ? SheetErrors.FilterInvalid(reason) : await TranslateAsync(_connection, filter, cancellationToken);
        }
        catch (DuckDBException e)
        {
            return SheetErrors.FilterInvalid(FilterSyntax.Complaint(e.Message));
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
        _turn.Dispose();
    }

    private static async Task<Result<SqlStatement>> TranslateAsync(DuckDBConnection connection, CheckedFilter filter, CancellationToken cancellationToken)
    {
        var types = await FilterTypes.FindAsync(connection, filter, cancellationToken);
        if (types.Of(filter.Expression) is var type && type != "BOOLEAN") return FilterSyntax.NoCondition(type);
        var constants = new FilterConstants();
        var writer = new FilterWriter(types, constants, filter.Columns);
        writer.Write(filter.Expression, "BOOLEAN");
        if (writer.Refusal is { } reason) return SheetErrors.FilterInvalid(reason);
        await constants.ComputeAsync(connection, filter, cancellationToken);
        return writer.Write(filter.Expression, "BOOLEAN") is var condition && writer.Refusal is { } late ? SheetErrors.FilterInvalid(late) : condition;
    }

    private static string? Unsuitable(CheckedFilter filter)
    {
        var count = filter.Expression.Self().Count(node => node.Kind() == "CONSTANT");
        if (count > MostConstants) return $"It has {count} constants, and a statement on Databricks takes {MostConstants} of them: put the values into a table, join it in a view, and make that the sheet's source.";
        return filter.Columns.Cast<DeltaColumn>().FirstOrDefault(column => column.Type.DuckDb is null) is { } odd ? $"The column '{odd.Name}' is of type {odd.TypeText}, which a filter cannot look into on Databricks." : null;
    }

    private static DuckDBConnection Open()
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SET TimeZone = 'UTC';
            SET threads = 1;
            SET memory_limit = '256MB';
            SET autoinstall_known_extensions = false;
            SET autoload_known_extensions = false;
            SET enable_external_access = false;
            SET lock_configuration = true;
            """;
        command.ExecuteNonQuery();
        return connection;
    }
}
