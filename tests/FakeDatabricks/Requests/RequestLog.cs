using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Mirion.Generation.FakeDatabricks.Faults;

namespace Mirion.Generation.FakeDatabricks.Requests;

/// <summary>Gives every answer its ids, records it, and puts into Databricks' words what ASP.NET Core refuses by itself.</summary>
internal sealed class RequestLog
{
    /// <summary>The workspace's number.</summary>
    public const string WorkspaceNumber = "4815162342108";

    private readonly ConcurrentQueue<RecordedRequest> _requests = new();

    /// <summary>What was answered, in the order of the answers.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    public async Task ObserveAsync(HttpContext context, RequestDelegate next)
    {
        // An answer that a fault puts in place of another keeps its ids, so they are set when it starts. It is recorded then too:
        // who has an answer in hand finds its request in the log.
        var id = Guid.NewGuid().ToString();
        if (!context.Request.Path.StartsWithSegments(ControlApi.Prefix)) context.Features.Set(new RequestRecord(context, _requests));
        context.Response.Headers["x-request-id"] = id;
        context.Response.OnStarting(() =>
        {
            context.Response.Headers["x-request-id"] = id;
            context.Response.Headers["x-databricks-org-id"] = WorkspaceNumber;
            context.Features.Get<RequestRecord>()?.Add(context.Response.StatusCode);
            return Task.CompletedTask;
        });
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException refused)
        {
            await ApiError.Malformed($"Could not parse request object: {refused.InnerException?.Message ?? refused.Message}").ExecuteAsync(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller went away: there is nobody left to answer.
            context.Features.Get<RequestRecord>()?.Add(status: 0);
        }
    }

    /// <summary>The path as it came: what ASP.NET Core makes of it no longer tells <c>%2F</c> from <c>%252F</c>.</summary>
    public static string RawPath(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return target.Split('?', 2)[0];
    }
}
