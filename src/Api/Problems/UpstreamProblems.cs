using Microsoft.AspNetCore.Diagnostics;
using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Api.Problems;

/// <summary>Something outside this product is broken: 502, 503 or 504, logged once.</summary>
internal sealed partial class UpstreamProblems(IProblemDetailsService problems, ILogger<UpstreamProblems> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not UpstreamException upstream) return false;
        LogUpstream(upstream, upstream.Code, ProblemWriter.TraceIdOf(httpContext));
        httpContext.Response.StatusCode = upstream.Fault switch
        {
            UpstreamFault.Unavailable => StatusCodes.Status503ServiceUnavailable,
            UpstreamFault.TimedOut => StatusCodes.Status504GatewayTimeout,
            _ => StatusCodes.Status502BadGateway,
        };
        await problems.WriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = { Detail = upstream.Message, Extensions = ResultProblems.Members(upstream.Code) },
        });
        return true;
    }

    [LoggerMessage(LogLevel.Error, "An upstream failed: {Code} (trace {TraceId})")]
    private partial void LogUpstream(Exception exception, string code, string traceId);
}
