using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Application.Generation.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Mirion.Generation.Infrastructure.Telemetry;

/// <summary>Registers what sends traces and metrics away.</summary>
public static class TelemetryServices
{
    // The variables of the standard (https://opentelemetry.io/docs/specs/otel/protocol/exporter/); the exporter reads them and all others itself.
    private static readonly string[] Endpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    /// <summary>
    /// Sends traces and metrics to the collector that the standard <c>OTEL_EXPORTER_OTLP_*</c> variables name; adds nothing at all where they name none. What is not
    /// sent yet is sent when the services are disposed of.
    /// </summary>
    /// <param name="services">What it is added to.</param>
    /// <param name="configuration">Where the variables are.</param>
    /// <param name="service">What this program is called, unless <c>OTEL_SERVICE_NAME</c> says otherwise.</param>
    public static IServiceCollection AddTelemetryExport(this IServiceCollection services, IConfiguration configuration, string service)
    {
        if (!Endpoints.Any(name => configuration[name] is { Length: > 0 }) || configuration["OTEL_SDK_DISABLED"] is "true") return services;
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service).AddEnvironmentVariableDetector())
            .WithTracing(traces => traces
                .AddSource(GenerationTelemetry.Name)
                .AddHttpClientInstrumentation(calls => calls.FilterHttpRequestMessage = _ => !IsCallOfARun(Activity.Current)))
            .WithMetrics(metrics => metrics.AddGenerationMeters())
            .UseOtlpExporter();
        return services;
    }

    /// <summary>Adds the meters of this product, and those of the framework that say how it fares: the runtime, and calls to others.</summary>
    public static MeterProviderBuilder AddGenerationMeters(this MeterProviderBuilder metrics) =>
        metrics.AddMeter(GenerationTelemetry.Name, "System.Runtime", "System.Net.Http");

    // The calls that a run makes for its items would be a span an item. Those of its pages and batches are few, and tell where a store is slow.
    private static bool IsCallOfARun(Activity? call)
    {
        for (var around = call; around is not null; around = around.Parent)
        {
            if (around.Source.Name == GenerationTelemetry.Name) return around.OperationName == GenerationTelemetry.RunSpan;
        }

        return false;
    }
}
