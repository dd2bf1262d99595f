using System.Globalization;
using System.Text.Json.Nodes;

namespace Mirion.Generation.FakeDatabricks.Serving;

/// <summary>What an endpoint answers.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body.</param>
/// <param name="ContentType">What the body is.</param>
/// <param name="RetryAfter">The <c>Retry-After</c> header: seconds or an HTTP date.</param>
public sealed record ServingReply(int Status, string Body, string ContentType = "application/json", string? RetryAfter = null);

/// <summary>How an endpoint answers a call.</summary>
public delegate ServingReply ServingAnswer(ServingCall call);

/// <summary>The ways an endpoint answers, good and bad.</summary>
public static class ServingAnswers
{
    /// <summary>What an endpoint answers unless it is told otherwise: <c>answer to </c> and the question, or JSON where JSON is asked for.</summary>
    public static ServingAnswer Default { get; } = call => Text(DefaultText(call))(call);

    /// <summary>A good answer.</summary>
    public static ServingAnswer Text(string text, string finishReason = "stop") => Message(() => JsonValue.Create(text), finishReason);

    /// <summary>A good answer made from the call.</summary>
    public static ServingAnswer Text(Func<ServingCall, string> text) => call => Text(text(call))(call);

    /// <summary>A good answer that counts no tokens.</summary>
    public static ServingAnswer WithoutUsage(string text) => Message(() => JsonValue.Create(text), "stop", usage: false);

    /// <summary>An answer in blocks, as reasoning models give it: what they thought, then the text, a block for each string.</summary>
    public static ServingAnswer Blocks(string reasoning, params string[] texts) => Message(
        () => new JsonArray(
        [
            new JsonObject { ["type"] = "reasoning", ["summary"] = new JsonArray(new JsonObject { ["type"] = "summary_text", ["text"] = reasoning }) },
            .. texts.Select(text => new JsonObject { ["type"] = "text", ["text"] = text }),
        ]),
        "stop");

    /// <summary>An answer with nothing in it.</summary>
    public static ServingAnswer Null(string finishReason = "stop") => Message(() => null, finishReason);

    /// <summary>An answer that stops at the token limit.</summary>
    public static ServingAnswer CutOff(string text) => Text(text, "length");

    /// <summary>An answer that a content filter stopped.</summary>
    public static ServingAnswer Filtered(string? text = null) => Message(() => text is null ? null : JsonValue.Create(text), "content_filter");

    /// <summary>Too many calls, in Databricks' words.</summary>
    /// <param name="retryAfter">The <c>Retry-After</c> header, if there is to be one.</param>
    /// <param name="code"><c>REQUEST_LIMIT_EXCEEDED</c> or <c>RATE_LIMIT_EXCEEDED</c>.</param>
    public static ServingAnswer RateLimited(string? retryAfter = null, string code = "REQUEST_LIMIT_EXCEEDED") =>
        Error(429, code, "Exceeded workspace QPS rate limit for this endpoint.", retryAfter);

    /// <summary>Too many calls, in OpenAI's words, with the seconds to wait in the body.</summary>
    /// <param name="seconds">The seconds.</param>
    /// <param name="retryAfter">The <c>Retry-After</c> header, if there is to be one.</param>
    public static ServingAnswer RateLimitedLikeOpenAI(int seconds, string? retryAfter = null) => _ => new ServingReply(
        429,
        new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["message"] = "Rate limit exceeded: output tokens per minute.",
                ["type"] = "rate_limit_exceeded",
                ["code"] = 429,
                ["limit_type"] = "output_tokens_per_minute",
                ["limit"] = 10_000,
                ["current"] = 10_240,
                ["retry_after"] = seconds,
            },
        }.ToJsonString(),
        RetryAfter: retryAfter);

    /// <summary>The endpoint has gone to the gateway.</summary>
    public static ServingAnswer Retired() => call => Error(403, "PERMISSION_DENIED", $"'{call.Endpoint}' is no longer available. Use Unity Catalog model services.")(call);

    /// <summary>A guardrail refuses the question.</summary>
    public static ServingAnswer Blocked() => Error(400, "BAD_REQUEST", "Request blocked by input guardrail: the prompt was flagged.");

    /// <summary>A refusal.</summary>
    public static ServingAnswer Error(int status, string code, string message, string? retryAfter = null) => _ =>
        new ServingReply(status, new JsonObject { ["error_code"] = code, ["message"] = message }.ToJsonString(), RetryAfter: retryAfter);

    /// <summary>A body of your own, such as a page in HTML.</summary>
    public static ServingAnswer Raw(int status, string body, string contentType = "application/json") => _ => new ServingReply(status, body, contentType);

    private static string DefaultText(ServingCall call) =>
        call.Schema is { } schema ? SchemaAnswer.Of(schema, $"answer to {call.Question}").ToJsonString()
        : call.WantsJson ? new JsonObject { ["answer"] = $"answer to {call.Question}" }.ToJsonString()
        : $"answer to {call.Question}";

    // Nodes have one parent, so each answer makes its own.
    private static ServingAnswer Message(Func<JsonNode?> content, string finishReason, bool usage = true) => call =>
    {
        var body = new JsonObject
        {
            ["id"] = $"chatcmpl-{call.Number.ToString(CultureInfo.InvariantCulture)}",
            ["object"] = "chat.completion",
            ["created"] = 1_767_225_600,
            ["model"] = call.Endpoint,
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = content() },
                ["finish_reason"] = finishReason,
            }),
        };
        if (usage) body["usage"] = new JsonObject { ["prompt_tokens"] = 11, ["completion_tokens"] = 7, ["total_tokens"] = 18 };
        return new ServingReply(200, body.ToJsonString());
    };
}
