using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Mirion.Generation.Testing.ModelServer;

/// <summary>How the server answers one call.</summary>
public delegate Task ChatReply(ChatCall call, HttpContext context);

/// <summary>The ways a chat endpoint answers, good and bad.</summary>
public static class ChatReplies
{
    /// <summary>The request id that every answer carries in <c>x-request-id</c>.</summary>
    public static string RequestIdOf(ChatCall call) => $"req-{call.Number}";

    /// <summary>A good answer.</summary>
    public static ChatReply Answer(string text, string finishReason = "stop") => Message(Content(JsonValue.Create(text)), finishReason);

    /// <summary>A good answer made from the call.</summary>
    public static ChatReply Answer(Func<ChatCall, string> text) => (call, context) => Answer(text(call))(call, context);

    /// <summary>A good answer from an endpoint that does not count tokens.</summary>
    public static ChatReply WithoutUsage(string text) => Message(Content(JsonValue.Create(text)), "stop", usage: false);

    /// <summary>An answer in blocks, as reasoning models give it: what they thought, then the text, a block for each string.</summary>
    public static ChatReply Blocks(string reasoning, params string[] texts)
    {
        JsonArray Make() =>
        [
            new JsonObject
            {
                ["type"] = "reasoning",
                ["summary"] = new JsonArray(new JsonObject { ["type"] = "summary_text", ["text"] = reasoning }),
            },
            .. texts.Select(text => new JsonObject { ["type"] = "text", ["text"] = text }),
        ];
        return Message(() => new JsonObject { ["role"] = "assistant", ["content"] = Make() }, "stop");
    }

    /// <summary>An answer with nothing in it.</summary>
    public static ChatReply Null(string finishReason = "stop") => Message(Content(null), finishReason);

    /// <summary>An answer that stops at the token limit.</summary>
    public static ChatReply CutOff(string text) => Answer(text, "length");

    /// <summary>An answer that a content filter stopped.</summary>
    public static ChatReply Filtered(string? text = null) => Message(Content(text is null ? null : JsonValue.Create(text)), "content_filter");

    /// <summary>A refusal in the place meant for one.</summary>
    public static ChatReply Refusal(string words) =>
        Message(() => new JsonObject { ["role"] = "assistant", ["content"] = null, ["refusal"] = words }, "stop");

    /// <summary>A bare status, with a body in it that must go nowhere.</summary>
    /// <param name="status">The status.</param>
    /// <param name="retryAfter">The <c>Retry-After</c> header: seconds or an HTTP date.</param>
    /// <param name="body">The body; by default an error object.</param>
    public static ChatReply Status(int status, string? retryAfter = null, string? body = null) => (call, context) =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
        return WriteAsync(call, context, body ?? """{"error":{"message":"SECRET UPSTREAM BODY","code":"some_code"}}""");
    };

    /// <summary>A redirect.</summary>
    public static ChatReply Redirect(string location) => (_, context) =>
    {
        context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    };

    /// <summary>A 200 with a body of your own, such as garbage.</summary>
    public static ChatReply Body(string body) => (call, context) => WriteAsync(call, context, body);

    /// <summary>A 200 whose body goes on for <paramref name="bytes"/> bytes.</summary>
    public static ChatReply Endless(long bytes) => async (call, context) =>
    {
        var chunk = new byte[64 * 1024];
        Array.Fill(chunk, (byte)' ');
        context.Response.ContentType = "application/json";
        for (long sent = 0; sent < bytes && !context.RequestAborted.IsCancellationRequested; sent += chunk.Length)
            await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        await Answer("endless")(call, context);
    };

    /// <summary>Resets the connection instead of answering.</summary>
    public static ChatReply Reset() => (_, context) =>
    {
        if (context.Features.Get<IConnectionSocketFeature>() is { } connection) connection.Socket.LingerState = new(enable: true, 0);
        context.Abort();
        return Task.CompletedTask;
    };

    /// <summary>Begins a good answer and breaks off in the middle of it.</summary>
    /// <param name="reset">Whether the connection is reset; else it is closed, as if that were all.</param>
    public static ChatReply CutInReply(bool reset) => async (call, context) =>
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("""{"id":"chatcmpl","choices":[{"index":0,"message":{"role":"assistant","content":"half of""", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (reset) await Reset()(call, context);
        else context.Abort();
    };

    /// <summary>Answers when <paramref name="gate"/> completes, or never when the caller goes first.</summary>
    public static ChatReply After(Task gate, ChatReply then) => async (call, context) =>
    {
        await gate.WaitAsync(context.RequestAborted);
        await then(call, context);
    };

    /// <summary>Never answers.</summary>
    public static ChatReply Silence() => After(new TaskCompletionSource().Task, Answer("too late"));

    // Nodes have one parent, so each answer makes its own.
    private static Func<JsonObject> Content(JsonNode? content) => () => new JsonObject { ["role"] = "assistant", ["content"] = content?.DeepClone() };

    private static ChatReply Message(Func<JsonObject> message, string finishReason, bool usage = true) => (call, context) =>
    {
        var body = new JsonObject
        {
            ["id"] = $"chatcmpl-{call.Number}",
            ["object"] = "chat.completion",
            ["created"] = 1_767_225_600,
            ["model"] = call.Model,
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message(), ["finish_reason"] = finishReason, ["logprobs"] = null }),
            ["system_fingerprint"] = "fp_fake",
        };
        if (usage) body["usage"] = new JsonObject { ["prompt_tokens"] = 11, ["completion_tokens"] = 7, ["total_tokens"] = 18 };
        return WriteAsync(call, context, body.ToJsonString());
    };

    private static Task WriteAsync(ChatCall call, HttpContext context, string body)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers["x-request-id"] = RequestIdOf(call);
        }

        return context.Response.WriteAsync(body, context.RequestAborted);
    }
}
