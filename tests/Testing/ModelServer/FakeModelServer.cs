using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mirion.Generation.Testing.ModelServer;

/// <summary>
/// A chat endpoint on a free port of 127.0.0.1 that speaks the OpenAI wire format: records what it is asked, and answers or fails
/// as it is told. Unless told otherwise it answers every question with <c>answer to </c> and the question.
/// </summary>
/// <remarks>A request for any other path is a mistake of the caller: disposing the server throws it.</remarks>
public sealed class FakeModelServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<ChatCall> _calls = new();
    private readonly ConcurrentQueue<ChatReply> _next = new();
    private readonly ConcurrentQueue<string> _unmatched = new();
    private readonly WebApplication _app;
    private volatile ChatReply _always = ChatReplies.Answer(call => $"answer to {call.Question}");
    private volatile ChatReply _models = ChatReplies.Body("""{"object":"list","data":[{"id":"fake-model","object":"model"}]}""");
    private int _number;
    private int _modelListCalls;
    private int _inFlight;
    private int _mostInFlight;

    private FakeModelServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0);
            options.Limits.MaxRequestBodySize = null;
        });
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    /// <summary>What to set <c>FoundationModel:BaseUrl</c> to.</summary>
    public string BaseUrl => $"{_app.Urls.Single()}/v1";

    /// <summary>When set, a call without this bearer token answers 401.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Every chat call, in the order they came.</summary>
    public IReadOnlyList<ChatCall> Calls => [.. _calls];

    /// <summary>How many chat calls came.</summary>
    public int CallCount => _calls.Count;

    /// <summary>How often the list of models was asked for.</summary>
    public int ModelListCalls => _modelListCalls;

    /// <summary>The most chat calls that were open at once.</summary>
    public int MostInFlight => _mostInFlight;

    /// <summary>How many chat calls are open now.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Starts a server.</summary>
    public static async Task<FakeModelServer> StartAsync()
    {
        var server = new FakeModelServer();
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Answers every call with <paramref name="reply"/> from now on.</summary>
    public FakeModelServer Always(ChatReply reply)
    {
        _always = reply;
        return this;
    }

    /// <summary>Answers every call with the reply that <paramref name="choose"/> picks for it from now on.</summary>
    public FakeModelServer Always(Func<ChatCall, ChatReply> choose) => Always((call, context) => choose(call)(call, context));

    /// <summary>Answers the next calls with <paramref name="replies"/>, one each, before it goes back to what it always does.</summary>
    public FakeModelServer Next(params ReadOnlySpan<ChatReply> replies)
    {
        foreach (var reply in replies) _next.Enqueue(reply);
        return this;
    }

    /// <summary>Answers the list of models with <paramref name="reply"/> from now on.</summary>
    public FakeModelServer ListsModels(ChatReply reply)
    {
        _models = reply;
        return this;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // Calls that are left hanging on purpose would hold a graceful stop up.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        if (!_unmatched.IsEmpty) throw new InvalidOperationException($"The model server was asked for what it does not have: {string.Join(", ", _unmatched)}");
    }

    private async Task HandleAsync(HttpContext context)
    {
        try
        {
            await RouteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller went away; there is nobody left to answer.
        }
    }

    private Task RouteAsync(HttpContext context)
    {
        var request = context.Request;
        var wanted = $"{request.Method} {request.Path}{request.QueryString}";
        if (wanted is not ("POST /v1/chat/completions" or "GET /v1/models"))
        {
            _unmatched.Enqueue(wanted);
            context.Response.StatusCode = StatusCodes.Status501NotImplemented;
            return Task.CompletedTask;
        }

        return request.Method == "GET" ? ListAsync(context) : ChatAsync(context);
    }

    private Task ListAsync(HttpContext context)
    {
        var call = new ChatCall { Number = Interlocked.Increment(ref _modelListCalls), Messages = [], Members = [], Headers = Headers(context), Body = "" };
        return (Authorized(context) ? _models : ChatReplies.Status(401))(call, context);
    }

    private async Task ChatAsync(HttpContext context)
    {
        HighWater.Raise(ref _mostInFlight, Interlocked.Increment(ref _inFlight));
        try
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            var call = ChatCall.Read(Interlocked.Increment(ref _number), body, Headers(context));
            _calls.Enqueue(call);
            var reply = !Authorized(context) ? ChatReplies.Status(401) : _next.TryDequeue(out var next) ? next : _always;
            await reply(call, context);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private bool Authorized(HttpContext context) => ApiKey is null || context.Request.Headers.Authorization == $"Bearer {ApiKey}";

    private static Dictionary<string, string> Headers(HttpContext context) =>
        context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
}
