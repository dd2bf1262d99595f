using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Mirion.Generation.Infrastructure.Databricks.Sql;

/// <summary>Streams a result that lies in parts behind links: while one part is worked on the next ones are fetched, so that memory is that of three parts.</summary>
/// <param name="links">Fetches parts.</param>
internal sealed class ResultStream(ResultLinks links)
{
    /// <summary>Parts fetched ahead of the one that is worked on.</summary>
    private const int Ahead = 2;

    /// <summary>The rows of a result; the row is good until the next one is asked for.</summary>
    /// <exception cref="DatabricksException">A part cannot be had, or has not the rows that were promised.</exception>
    public async IAsyncEnumerable<WarehouseRow> ReadAsync(StatementReply result, bool asUser, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var manifest = result.Manifest ?? throw new DatabricksException($"The warehouse sent a result without its description (statement {result.StatementId}).");
        if (manifest.Truncated) throw new DatabricksException($"The warehouse cut a result off (statement {result.StatementId}).");
        var row = new WarehouseRow(manifest);
        var (total, index) = (0L, 0);
        await foreach (var part in FetchAsync(result, manifest, asUser, cancellationToken))
        {
            var count = 0L;
            try
            {
                // The part is there whole.
                if (!part.TryRead(out var text)) throw new InvalidOperationException("A part that was fetched has nothing to read.");
                var rows = new ResultRows(text.Buffer, row.Columns);
                for (; rows.Next() is { } cells; count++) yield return row.With(cells);
            }
            finally
            {
                await part.CompleteAsync();
            }

            Check(manifest.Chunks?.FirstOrDefault(chunk => chunk.ChunkIndex == index)?.RowCount, count, $"part {index} of the result", result);
            (total, index) = (total + count, index + 1);
        }

        Check(manifest.TotalRowCount, total, "the result", result);
    }

    /// <summary>Refuses rows that are not as many as promised.</summary>
    public static void Check(long? promised, long count, string what, StatementReply result)
    {
        if (promised is not null && promised != count)
        {
            throw new DatabricksException($"The warehouse promised {promised} rows and sent {count}: {what} is incomplete (statement {result.StatementId}).");
        }
    }

    private async IAsyncEnumerable<PipeReader> FetchAsync(
        StatementReply result, ResultManifest manifest, bool asUser, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = result.Result?.ExternalLinks is [var link, ..] ? link : null;
        var count = manifest.TotalChunkCount ?? manifest.Chunks?.Count ?? (first is null ? 0 : 1);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = new Queue<Task<PipeReader>>();
        try
        {
            for (var next = 0; next < count || ahead.Count > 0;)
            {
                for (; next < count && ahead.Count <= Ahead; next++)
                {
                    ahead.Enqueue(links.FetchAsync(result.StatementId!, next, next == 0 ? first : null, asUser, stopping.Token));
                }

                yield return await ahead.Dequeue();
            }
        }
        finally
        {
            await stopping.CancelAsync();
            foreach (var part in ahead) await DropAsync(part);
        }
    }

    private static async Task DropAsync(Task<PipeReader> part)
    {
        await ((Task)part).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (part.IsCompletedSuccessfully) await (await part).CompleteAsync();
    }
}
