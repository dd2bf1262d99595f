using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Sql;

/// <summary>Whose rights a statement has.</summary>
internal enum StatementRights
{
    /// <summary>This program's.</summary>
    Program,

    /// <summary>The user's own, where the user brought a credential; else this program's.</summary>
    User,
}

/// <summary>
/// Statements on a SQL warehouse. One that is stopped is started by them and waited for; what fails for a passing reason is submitted again. There is no session and no
/// transaction: every statement is a commit of its own, and names its tables in full.
/// </summary>
internal sealed class Warehouse(StatementRuns runs, ResultLinks links, DatabricksDialect dialect, IStatementApi api, IOptions<DatabricksOptions> options)
{
    private const string Inline = "INLINE";
    private const string Links = "EXTERNAL_LINKS";

    /// <summary>The rows of a query that has few; a warehouse fails one whose result has more than 25 MiB.</summary>
    /// <param name="query">The query.</param>
    /// <param name="read">Makes what is wanted of a row, which is good only until it returns.</param>
    /// <param name="rights">Whose rights it has.</param>
    /// <param name="cancellationToken">Stops it, here and on the warehouse.</param>
    /// <exception cref="StatementFailedException">The warehouse failed it.</exception>
    /// <exception cref="DatabricksException">It cannot be sent, or did not end in time.</exception>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(SqlStatement query, Func<SqlRow, T> read, StatementRights rights, CancellationToken cancellationToken)
    {
        var result = await RunAsync(query, Inline, repeatable: true, rights, cancellationToken);
        var rows = new List<T>();
        if (result.Manifest is not { } manifest) return rows;
        if (manifest.Truncated) throw new DatabricksException($"The warehouse cut a result off (statement {result.StatementId}).");
        var row = new WarehouseRow(manifest);
        for (var chunk = result.Result; chunk is not null; chunk = await AfterAsync(chunk, result, rights, cancellationToken))
        {
            foreach (var cells in chunk.DataArray ?? []) rows.Add(read(row.With(cells)));
        }

        ResultStream.Check(manifest.TotalRowCount, rows.Count, "the result", result);
        return rows;
    }

    /// <summary>The rows of a query that may have many, as they come, in flat memory. The parameters are those of <see cref="QueryAsync{T}"/>.</summary>
    /// <exception cref="StatementFailedException">The warehouse failed it.</exception>
    /// <exception cref="DatabricksException">It cannot be sent, did not end in time, or its result cannot be read whole.</exception>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        SqlStatement query, Func<SqlRow, T> read, StatementRights rights, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var result = await RunAsync(query, Links, repeatable: true, rights, cancellationToken);
        await foreach (var row in new ResultStream(links).ReadAsync(result, rights is StatementRights.User, cancellationToken)) yield return read(row);
    }

    /// <summary>Executes a statement with this program's rights and answers how many rows it wrote; 0 for one that defines something.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="repeatable">Whether executing it twice is as good as once, so that it is submitted again when the reply was lost.</param>
    /// <param name="cancellationToken">Stops it, here and on the warehouse.</param>
    /// <exception cref="StatementFailedException">The warehouse failed it; nothing was written.</exception>
    /// <exception cref="DatabricksException">It cannot be sent, or did not end in time.</exception>
    public async Task<long> ExecuteAsync(SqlStatement statement, bool repeatable, CancellationToken cancellationToken)
    {
        var result = await RunAsync(statement, Inline, repeatable, StatementRights.Program, cancellationToken);
        return result is { Manifest: { } manifest, Result.DataArray: [var counts, ..] } ? Written(new WarehouseRow(manifest).With(counts), manifest) : 0;
    }

    private static long Written(WarehouseRow counts, ResultManifest manifest)
    {
        const string All = "num_affected_rows";
        if (counts.Has(All)) return counts.NumberOrNull(All) ?? 0;
        return manifest.Schema!.Columns!.Where(column => column.Name?.StartsWith("num_", StringComparison.Ordinal) is true).Sum(column => counts.NumberOrNull(column.Name!) ?? 0);
    }

    private Task<StatementReply> RunAsync(SqlStatement statement, string disposition, bool repeatable, StatementRights rights, CancellationToken cancellationToken)
    {
        var sql = BoundSql.Of(statement, dialect);
        return runs.RunAsync(new StatementRequest(sql.Text, options.Value.WarehouseId!, StatementParameters.Of(sql), disposition), repeatable, rights, cancellationToken);
    }

    private async Task<ResultChunk?> AfterAsync(ResultChunk chunk, StatementReply result, StatementRights rights, CancellationToken cancellationToken) =>
        chunk.NextChunkIndex is { } next ? await api.GetChunkAsync(result.StatementId!, next, rights is StatementRights.User, cancellationToken) : null;
}
