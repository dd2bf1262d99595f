namespace Mirion.Generation.Api.Problems;

/// <summary>Registers what answers everything that goes wrong.</summary>
internal static class ProblemServices
{
    /// <summary>Adds problems in the order in which they are tried.</summary>
    public static IServiceCollection AddProblems(this IServiceCollection services)
    {
        // A writer that comes before the framework's own is asked before it.
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.AddProblemDetails();
        services.AddExceptionHandler<UpstreamProblems>();
        services.AddExceptionHandler<BadRequestProblems>();
        services.AddExceptionHandler<StoppingProblems>();
        services.AddExceptionHandler<UnexpectedProblems>();
        return services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }
}
