using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Http;

namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>Turns what an HTTP call came to into a <see cref="ModelAttempt"/>.</summary>
internal sealed class ChatAttemptReader(string endpoint, EndpointAdvice advice, TimeProvider clock)
{
    /// <summary>More than the longest answer any model gives; a body beyond it is an accident or an attack.</summary>
    private const int MostBytes = 16 * 1024 * 1024;

    /// <summary>Beyond this a server's wish is taken for a mistake, such as a date in the wrong year.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    // The parameter, the member of it, and what vLLM calls it when it cannot compile one.
    private static readonly string[] FormatWords = ["response_format", "json_schema", "JSON schema"];

    /// <summary>Reads a response to a question that was asked with <paramref name="sent"/>.</summary>
    /// <exception cref="UpstreamException">No question will be answered.</exception>
    public async Task<ModelAttempt> ReadAsync(HttpResponseMessage response, ModelSettings sent, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (sent.OutputSchema is not null && await IsAboutFormatAsync(response, cancellationToken)) return ModelAttempt.FormatRefused(What(response)) with { Status = status, Sent = sent };
        return status switch
        {
            >= 200 and < 300 => await ReadCompletionAsync(response, sent, cancellationToken),
            // 402 has no money left, 405 and 410 no such service, and a redirect would take the question and the key to another address.
            (>= 300 and < 400) or 401 or 402 or 403 or 404 or 405 or 407 or 410 => throw Refused(response, sent),
            408 or >= 500 => ModelAttempt.TryAgain(What(response)) with { Status = status, Sent = sent, RetryAfter = response.Headers.RetryAfterAt(clock.GetUtcNow(), LongestWait) },
            429 => await ReadThrottlingAsync(response, sent, cancellationToken),
            _ => ModelAttempt.Refused(What(response)) with { Status = status, Sent = sent },
        };
    }

    /// <summary>An attempt that ended without a reply.</summary>
    public static ModelAttempt Broken(Exception exception, ModelSettings sent) => exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    }
        ? ModelAttempt.TryAgain("no connection") with { Fault = UpstreamFault.Unavailable, Cause = exception }
        : ModelAttempt.TryAgain("a broken connection") with { Sent = sent, Fault = UpstreamFault.Unavailable, Cause = exception };

    /// <summary>An attempt that nobody answered in time.</summary>
    public static ModelAttempt TimedOut(TimeSpan limit, ModelSettings sent) =>
        ModelAttempt.TryAgain($"no answer within {limit.TotalSeconds} s") with { Sent = sent, Fault = UpstreamFault.TimedOut };

    // A 422 says that the request has a member the endpoint does not know, and this is the one that not all do. A 400 may be about anything else, so its words decide.
    private static async Task<bool> IsAboutFormatAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode is HttpStatusCode.UnprocessableEntity) return true;
        if (response.StatusCode is not HttpStatusCode.BadRequest) return false;
        try
        {
            await response.Content.LoadIntoBufferAsync(MostBytes, cancellationToken);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
        {
            return false;
        }

        var words = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return FormatWords.Any(word => words.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<ModelAttempt> ReadCompletionAsync(HttpResponseMessage response, ModelSettings sent, CancellationToken cancellationToken)
    {
        var completion = await ReadBodyAsync(response, ChatJson.Default.ChatCompletion, cancellationToken);
        return completion is { Choices: [{ Message: not null }, ..] }
            ? ModelAttempt.Answered(ReplyReader.Read(completion, sent)) with { Status = (int)response.StatusCode }
            : ModelAttempt.TryAgain($"{What(response)} and a body that is no chat completion") with { Status = (int)response.StatusCode, Sent = sent };
    }

    private async Task<ModelAttempt> ReadThrottlingAsync(HttpResponseMessage response, ModelSettings sent, CancellationToken cancellationToken)
    {
        var detail = (await ReadBodyAsync(response, ChatJson.Default.ChatFailure, cancellationToken))?.Error;
        // OpenAI says 429 for an empty account as well; no waiting helps that.
        if (detail?.Code is { ValueKind: JsonValueKind.String } code && code.ValueEquals("insufficient_quota")) throw Refused(response, sent);
        return ModelAttempt.TryAgain(What(response)) with
        {
            Status = (int)response.StatusCode,
            Sent = sent,
            RetryAfter = response.Headers.RetryAfterAt(clock.GetUtcNow(), LongestWait) ?? Wait(detail?.RetryAfter),
        };
    }

    private static async Task<T?> ReadBodyAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MostBytes, cancellationToken);
            return JsonSerializer.Deserialize(await response.Content.ReadAsStreamAsync(cancellationToken), type);
        }
        catch (Exception e) when (e is JsonException or HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded })
        {
            return null;
        }
    }

    // Nothing to wait for says nothing about when to come back: then the usual delays apply.
    private static TimeSpan? Wait(double? seconds) =>
        seconds > 0 ? TimeSpan.FromSeconds(Math.Min(seconds.Value, LongestWait.TotalSeconds)) : null;

    private static string What(HttpResponseMessage response) => $"HTTP {(int)response.StatusCode}{response.Headers.RequestId()}";

    private UpstreamException Refused(HttpResponseMessage response, ModelSettings sent) =>
        EndpointTrouble.Refused((int)response.StatusCode, What(response), endpoint, sent.Model!, advice);
}
