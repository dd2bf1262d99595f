using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Mirion.Generation.Api.Events;

/// <summary>
/// Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). Written here and not by the framework, whose own result cannot write the comments that keep
/// a silent connection open.
/// </summary>
/// <param name="events">The events; what they say has no line breaks, as JSON on one line has none.</param>
/// <param name="clock">The time.</param>
/// <param name="stop">Ends the stream, without an end: the client connects again.</param>
internal sealed class EventStream(IAsyncEnumerable<ServerEvent> events, TimeProvider clock, CancellationToken stop) : IResult
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/event-stream";

    // Proxies give up a connection on which nothing comes for 30 or 60 seconds.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private static ReadOnlyMemory<byte> KeepAlive { get; } = ":\n\n"u8.ToArray();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-cache, no-store";
        // Asks nginx, and what speaks its language, not to hold events back.
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stop);
        try
        {
            await response.StartAsync(either.Token);
            await response.Body.FlushAsync(either.Token);
            await WriteAsync(response, httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The client has gone, or the host stops.
        }
    }

    private async Task WriteAsync(HttpResponse response, JsonSerializerOptions json, CancellationToken cancellationToken)
    {
        await using var next = events.GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(next, response, cancellationToken))
        {
            var (id, name, data) = next.Current;
            await response.WriteAsync($"id: {id}\nevent: {name}\ndata: {JsonSerializer.Serialize(data, data.GetType(), json)}\n\n", cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
        }
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<ServerEvent> events, HttpResponse response, CancellationToken cancellationToken)
    {
        var next = events.MoveNextAsync().AsTask();
        while (!next.IsCompleted)
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var silence = Task.Delay(Silence, clock, waiting.Token);
            if (await Task.WhenAny(next, silence) == next) await waiting.CancelAsync();
            else if (!cancellationToken.IsCancellationRequested) await KeepAliveAsync(response, cancellationToken);
            // An enumeration is disposed of when it stands still.
            else break;
        }

        return await next;
    }

    private static async Task KeepAliveAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(KeepAlive, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
