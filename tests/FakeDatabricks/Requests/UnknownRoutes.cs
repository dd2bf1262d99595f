using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mirion.Generation.FakeDatabricks.Requests;

/// <summary>Answers what this workspace does not have with 501, and remembers it, so that a wrong path cannot pass for a missing thing.</summary>
internal sealed class UnknownRoutes
{
    private readonly ConcurrentQueue<string> _asked = new();

    /// <summary>What was asked for.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    public Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        // A path that exists with another method has an endpoint too, of ASP.NET Core's own making, which answers 405.
        if (context.GetEndpoint() is RouteEndpoint) return next(context);
        var pattern = $"{context.Request.Method} {RequestLog.RawPath(context)}";
        _asked.Enqueue(pattern);
        return ApiError.Of(StatusCodes.Status501NotImplemented, "NOT_IMPLEMENTED", $"No API found for pattern: {pattern}").ExecuteAsync(context);
    }
}
