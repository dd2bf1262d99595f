using Microsoft.AspNetCore.Diagnostics;

namespace Mirion.Generation.Api.Problems;

/// <summary>What was broken off because the host stops: 503, and no error.</summary>
internal sealed class StoppingProblems(IProblemDetailsService problems, IHostApplicationLifetime host) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not OperationCanceledException || !host.ApplicationStopping.IsCancellationRequested) return false;
        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        await problems.WriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = { Detail = "The host is stopping. What was done is kept.", Extensions = ResultProblems.Members("host_stopping") },
        });
        return true;
    }
}
