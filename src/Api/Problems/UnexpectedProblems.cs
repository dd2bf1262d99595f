using Microsoft.AspNetCore.Diagnostics;

namespace Mirion.Generation.Api.Problems;

/// <summary>Bugs: 500 with a trace id and nothing else; the log has the rest.</summary>
internal sealed partial class UnexpectedProblems(IProblemDetailsService problems, ILogger<UnexpectedProblems> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        LogUnexpected(exception, httpContext.Request.Method, httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.DisplayName, ProblemWriter.TraceIdOf(httpContext));
        httpContext.Response.StatusCode = StatusCodes.Status500InternalServerError;
        await problems.WriteAsync(new ProblemDetailsContext { HttpContext = httpContext });
        return true;
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Endpoint} failed unexpectedly (trace {TraceId})")]
    private partial void LogUnexpected(Exception exception, string method, string? endpoint, string traceId);
}
