using System.IO.Pipelines;
using System.Net;
using Microsoft.Extensions.Logging;
using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Infrastructure.Databricks.Sql;

/// <summary>
/// Fetches parts of results from where the warehouse laid them. The links carry their own credential: the client signs nothing, and nothing of a link is logged
/// or stands in a message (docs.databricks.com/api/statement-execution/v1/execute-statement, "external links").
/// </summary>
/// <param name="http">A client without sign-in.</param>
/// <param name="api">Where new links come from.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">The log.</param>
internal sealed partial class ResultLinks(HttpClient http, IStatementApi api, TimeProvider clock, ILogger<ResultLinks> logger)
{
    private const int MostAttempts = 4;

    /// <summary>A part has some 20 MB.</summary>
    private static readonly TimeSpan LongestDownload = TimeSpan.FromMinutes(5);

    /// <summary>A link that ends so soon is not begun with.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    // The whole of a part is taken in before its first row is used, so that a part that breaks off is fetched again and no row comes twice. Its memory is pooled.
    private static readonly PipeOptions Whole = new(pauseWriterThreshold: 0, minimumSegmentSize: 128 * 1024);

    /// <summary>The text of a part, whole; the caller completes the reader.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="index">Which part.</param>
    /// <param name="link">Its link, where one is at hand.</param>
    /// <param name="asUser">Whether new links are asked for on the user's behalf.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="DatabricksException">It cannot be had.</exception>
    public async Task<PipeReader> FetchAsync(string statement, int index, ResultLink? link, bool asUser, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (link is null || link.Expiration - Margin <= clock.GetUtcNow()) link = await AskAsync(statement, index, asUser, cancellationToken);
            try
            {
                return await DownloadAsync(link, cancellationToken);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException && !cancellationToken.IsCancellationRequested)
            {
                if (attempt == MostAttempts) throw Unreadable(statement, index, e);
                LogAgain(index, statement, (int?)(e as HttpRequestException)?.StatusCode);
                link = null;
            }
        }
    }

    private async Task<ResultLink> AskAsync(string statement, int index, bool asUser, CancellationToken cancellationToken)
    {
        var chunk = await api.GetChunkAsync(statement, index, asUser, cancellationToken);
        return chunk.ExternalLinks is [{ ExternalLink: not null } link, ..] ? link : throw Unreadable(statement, index);
    }

    private async Task<PipeReader> DownloadAsync(ResultLink link, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(LongestDownload, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, link.ExternalLink);
        foreach (var (name, value) in link.HttpHeaders ?? new Dictionary<string, string>()) request.Headers.TryAddWithoutValidation(name, value);
        var pipe = new Pipe(Whole);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.StatusCode is not HttpStatusCode.OK) throw new HttpRequestException("A link was refused.", inner: null, response.StatusCode);
            await response.Content.CopyToAsync(pipe.Writer.AsStream(), either.Token);
            await pipe.Writer.CompleteAsync();
            return pipe.Reader;
        }
        catch (Exception e)
        {
            // Gives the memory back.
            await pipe.Writer.CompleteAsync();
            await pipe.Reader.CompleteAsync();
            if (e is OperationCanceledException && !cancellationToken.IsCancellationRequested) throw new TimeoutException("A download took too long.", e);
            throw;
        }
    }

    private static DatabricksException Unreadable(string statement, int index, Exception? inner = null)
    {
        var why = inner is HttpRequestException { StatusCode: { } status } ? $"HTTP {(int)status}" : inner is TimeoutException ? "it took too long" : "the connection broke, or no link came";
        return new DatabricksException(
            $"Part {index} of a result could not be fetched: {why} (statement {statement}). Try again later; check that the network lets this program reach the workspace's storage.",
            UpstreamFault.Unavailable);
    }

    [LoggerMessage(LogLevel.Debug, "Part {Index} of the result of statement {Statement} is fetched again, by a new link (HTTP {Status})")]
    private partial void LogAgain(int index, string statement, int? status);
}
