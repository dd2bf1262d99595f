using System.Text.Json;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Http;

namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>Turns what an HTTP call came to into a <see cref="ChatAttempt"/>.</summary>
internal static class ChatAttemptReader
{
    /// <summary>More than the longest answer any model gives; a body beyond it is an accident or an attack.</summary>
    private const int MostBytes = 16 * 1024 * 1024;

    /// <summary>Beyond this a server's wish is taken for a mistake, such as a date in the wrong year.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    public static async Task<ChatAttempt> ReadAsync(HttpResponseMessage response, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var what = $"HTTP {status}{response.Headers.RequestId()}";
        return status switch
        {
            >= 200 and < 300 => await ReadCompletionAsync(response, what, cancellationToken),
            // 402 has no money left, 405 and 410 no such service, and a redirect would take the question and the key to another address.
            (>= 300 and < 400) or 401 or 402 or 403 or 404 or 405 or 407 or 410 => new(AttemptFate.EndpointRefused, what) { Status = status },
            408 or >= 500 => new(AttemptFate.TryAgain, what) { Status = status, RetryAfter = response.Headers.RetryAfterAt(now, LongestWait) },
            429 => await ReadThrottlingAsync(response, what, now, cancellationToken),
            _ => new(AttemptFate.QuestionRefused, what) { Status = status },
        };
    }

    /// <summary>An attempt that ended without a reply.</summary>
    public static ChatAttempt Broken(Exception exception) => exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    }
        ? new(AttemptFate.TryAgain, "no connection") { Sent = false, Fault = UpstreamFault.Unavailable, Cause = exception }
        : new(AttemptFate.TryAgain, "a broken connection") { Fault = UpstreamFault.Unavailable, Cause = exception };

    /// <summary>An attempt that nobody answered in time.</summary>
    public static ChatAttempt TimedOut(TimeSpan limit) =>
        new(AttemptFate.TryAgain, $"no answer within {limit.TotalSeconds} s") { Fault = UpstreamFault.TimedOut };

    private static async Task<ChatAttempt> ReadCompletionAsync(HttpResponseMessage response, string what, CancellationToken cancellationToken)
    {
        var completion = await ReadBodyAsync(response, ChatJson.Default.ChatCompletion, cancellationToken);
        return completion is { Choices: [{ Message: not null }, ..] }
            ? new(AttemptFate.Answered, what) { Status = (int)response.StatusCode, Completion = completion }
            : new(AttemptFate.TryAgain, $"{what} and a body that is no chat completion") { Status = (int)response.StatusCode };
    }

    private static async Task<ChatAttempt> ReadThrottlingAsync(HttpResponseMessage response, string what, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var detail = (await ReadBodyAsync(response, ChatJson.Default.ChatFailure, cancellationToken))?.Error;
        // OpenAI says 429 for an empty account as well; no waiting helps that.
        var spent = detail?.Code is { ValueKind: JsonValueKind.String } code && code.ValueEquals("insufficient_quota");
        return new(spent ? AttemptFate.EndpointRefused : AttemptFate.TryAgain, what)
        {
            Status = (int)response.StatusCode,
            QuotaSpent = spent,
            RetryAfter = response.Headers.RetryAfterAt(now, LongestWait) ?? Wait(detail?.RetryAfter),
        };
    }

    private static async Task<T?> ReadBodyAsync<T>(HttpResponseMessage response, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken cancellationToken)
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
}
