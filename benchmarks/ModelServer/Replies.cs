using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Mirion.Generation.Benchmarks.ModelServer;

/// <summary>Replies, serialized beforehand.</summary>
internal static class Replies
{
    /// <summary>The answer to every question.</summary>
    public const string Answer = """{"defect":"residue","severity":"minor"}""";

    public static readonly byte[] Good = Completion("\"" + Answer.Replace("\"", "\\\"", StringComparison.Ordinal) + "\"");

    public static readonly byte[] Models = """{"object":"list","data":[{"id":"bench","object":"model"}]}"""u8.ToArray();

    private static readonly byte[] TooMany = """{"error":{"message":"Rate limit reached","type":"requests","code":"rate_limit_exceeded"}}"""u8.ToArray();

    private static readonly byte[] Trouble = """{"error":{"message":"The server had an error","type":"server_error"}}"""u8.ToArray();

    public static Task WriteAsync(HttpContext context, byte[] body, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.BodyWriter.WriteAsync(body).AsTask();
    }

    public static Task RejectAsync(HttpContext context, TimeSpan? retryAfter)
    {
        if (retryAfter is { } wait) context.Response.Headers.RetryAfter = $"{Math.Max(1, Math.Ceiling(wait.TotalSeconds)):0}";
        return WriteAsync(context, TooMany, StatusCodes.Status429TooManyRequests);
    }

    /// <summary>Every way of going wrong that a client can meet from an endpoint that is there and takes its key.</summary>
    public static readonly (string Name, bool Final, Func<HttpContext, Task> Reply)[] Faults =
    [
        ("500", false, context => WriteAsync(context, Trouble, 500)),
        ("502 with a page", false, context => WriteAsync(context, "<html>Bad gateway</html>"u8.ToArray(), 502)),
        ("503", false, context => WriteAsync(context, Trouble, 503)),
        ("503, come back in 1 s", false, context => { context.Response.Headers.RetryAfter = "1"; return WriteAsync(context, Trouble, 503); }),
        ("504", false, context => WriteAsync(context, [], 504)),
        ("529", false, context => WriteAsync(context, Trouble, 529)),
        ("408", false, context => WriteAsync(context, Trouble, 408)),
        ("429", false, context => RejectAsync(context, null)),
        ("429, come back in 1 s", false, context => RejectAsync(context, TimeSpan.FromSeconds(1))),
        ("reset", false, ResetAsync),
        ("cut off in the middle", false, CutOffAsync),
        ("silence", false, SilenceAsync),
        ("200 and garbage", false, context => WriteAsync(context, "!!! not json"u8.ToArray())),
        ("200 and half a reply", false, context => WriteAsync(context, Good[..(Good.Length / 2)])),
        ("200 and an empty object", false, context => WriteAsync(context, "{}"u8.ToArray())),
        ("200 and no choice", false, context => WriteAsync(context, """{"choices":[]}"""u8.ToArray())),
        ("400", true, context => WriteAsync(context, Trouble, 400)),
        ("413", true, context => WriteAsync(context, Trouble, 413)),
        ("422", true, context => WriteAsync(context, Trouble, 422)),
        ("answer cut by length", true, context => WriteAsync(context, Completion("\"half an ans\"", "length"))),
        ("content filter", true, context => WriteAsync(context, Completion("null", "content_filter"))),
        ("no content", true, context => WriteAsync(context, Completion("null"))),
        ("empty answer", true, context => WriteAsync(context, Completion("\"\""))),
        ("blank answer", true, context => WriteAsync(context, Completion("\" \\n \""))),
    ];

    private static byte[] Completion(string content, string finish = "stop") => Encoding.UTF8.GetBytes($$$"""
        {"id":"chatcmpl-1","object":"chat.completion","created":1767225600,"model":"bench","choices":[{"index":0,"message":{"role":"assistant","content":{{{content}}}},"logprobs":null,"finish_reason":"{{{finish}}}"}],"usage":{"prompt_tokens":42,"completion_tokens":12,"total_tokens":54}}
        """);

    private static Task ResetAsync(HttpContext context)
    {
        if (context.Features.Get<IConnectionSocketFeature>() is { } connection) connection.Socket.LingerState = new(enable: true, 0);
        context.Abort();
        return Task.CompletedTask;
    }

    private static async Task CutOffAsync(HttpContext context)
    {
        context.Response.ContentLength = Good.Length;
        await context.Response.BodyWriter.WriteAsync(Good.AsMemory(0, Good.Length / 3));
        context.Abort();
    }

    private static async Task SilenceAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }
}
