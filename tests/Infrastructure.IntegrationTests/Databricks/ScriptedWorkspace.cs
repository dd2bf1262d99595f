using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks;

/// <summary>A request that came.</summary>
internal sealed record ScriptedRequest(string Method, string Path, string Authorization, string Body);

/// <summary>Answers whatever comes, on loopback, as a test says: for the answers that a workspace gives only on its bad days.</summary>
internal sealed class ScriptedWorkspace : IAsyncDisposable
{
    public const string RequestId = "4f1c-request";
    private readonly ConcurrentQueue<ScriptedRequest> _requests = new();
    private readonly ConcurrentQueue<RequestDelegate> _next = new();
    private readonly WebApplication _app;
    private volatile RequestDelegate _always = Json(200, "{}");

    private ScriptedWorkspace()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri Host => new(_app.Urls.Single());

    /// <summary>What came, in order.</summary>
    public IReadOnlyList<ScriptedRequest> Requests => [.. _requests];

    public static async Task<ScriptedWorkspace> StartAsync()
    {
        var workspace = new ScriptedWorkspace();
        await workspace._app.StartAsync();
        return workspace;
    }

    /// <summary>Answers the next requests so, one each.</summary>
    public ScriptedWorkspace Next(params ReadOnlySpan<RequestDelegate> answers)
    {
        foreach (var answer in answers) _next.Enqueue(answer);
        return this;
    }

    /// <summary>Answers so when there is no answer left for the next.</summary>
    public ScriptedWorkspace Always(RequestDelegate answer)
    {
        _always = answer;
        return this;
    }

    public static RequestDelegate Json(int status, string body, string? retryAfter = null) => Body(status, "application/json", body, retryAfter);

    public static RequestDelegate Body(int status, string mediaType, string body, string? retryAfter = null) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = mediaType;
        context.Response.Headers["x-request-id"] = RequestId;
        if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
        return context.Response.WriteAsync(body);
    };

    /// <summary>The request was carried out, and its answer is lost.</summary>
    public static RequestDelegate Reset() => context =>
    {
        if (context.Features.Get<IConnectionSocketFeature>() is { } connection) connection.Socket.LingerState = new(enable: true, 0);
        context.Abort();
        return Task.CompletedTask;
    };

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        _requests.Enqueue(new ScriptedRequest(context.Request.Method, context.Request.Path, context.Request.Headers.Authorization.ToString(), body));
        await (_next.TryDequeue(out var next) ? next : _always)(context);
    }
}
