using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Mirion.Generation.Api.Hosting;

/// <summary>The metrics of this process, for Prometheus to fetch.</summary>
internal static class MetricsEndpoint
{
    private const string Path = "/metrics";

    // What the framework measures of the requests that this host answers.
    private static readonly string[] ServerMeters = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    /// <summary>Adds them, and has incoming requests traced where traces are sent away.</summary>
    public static IServiceCollection AddMetricsEndpoint(this IServiceCollection services, Action<MeterProviderBuilder> addMeters)
    {
        services.AddOpenTelemetry().WithMetrics(metrics =>
        {
            addMeters(metrics);
            metrics.AddMeter(ServerMeters).AddPrometheusExporter();
        });
        return services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddAspNetCoreInstrumentation(requests => requests.Filter = IsWorthATrace));
    }

    /// <summary>Maps them. Like everything else they are for those who may call this host by a name of it.</summary>
    public static WebApplication MapMetrics(this WebApplication app)
    {
        app.MapPrometheusScrapingEndpoint(Path);
        return app;
    }

    private static bool IsWorthATrace(HttpContext context) => !context.Request.Path.StartsWithSegments(Path) && !context.Request.Path.StartsWithSegments(HostServices.Health);
}
