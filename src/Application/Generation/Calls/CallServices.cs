using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Mirion.Generation.Application.Generation.Telemetry;

namespace Mirion.Generation.Application.Generation.Calls;

/// <summary>Registers what asks models.</summary>
internal static class CallServices
{
    /// <summary>Adds <see cref="ModelCalls"/>, and what the calls of a process share. Clock and chance are inputs: whoever brings their own replays.</summary>
    public static IServiceCollection AddModelCalls(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Random.Shared);
        return services
            .AddSingleton<GenerationMetrics>()
            .AddSingleton<CallEndpoints>()
            .AddTransient<ModelCalls>();
    }
}
