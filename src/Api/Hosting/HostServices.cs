using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Mirion.Generation.Api.Hosting;

/// <summary>The small things a host needs.</summary>
internal static class HostServices
{
    /// <summary>What the paths of the probes begin with.</summary>
    public const string Health = "/health";

    /// <summary>A JSON body is held in memory whole.</summary>
    public const long MaxBodyBytes = 32 * 1024 * 1024;

    /// <summary>One line an entry, and no word about the licence of AutoMapper at every start; that a key is wrong is still said.</summary>
    public static void AddLogs(this WebApplicationBuilder builder)
    {
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat, console.UseUtcTimestamp) = (true, "HH:mm:ss ", true));
        builder.Logging.AddFilter("LuckyPennySoftware", LogLevel.Error);
    }

    /// <summary>Ends within ten seconds of being told to, which is what an orchestrator waits before it kills: a run needs a few less for its last calls and commits.</summary>
    public static IServiceCollection AddPromptEnd(this IServiceCollection services) =>
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));

    /// <summary>Refuses bodies that are too large (413).</summary>
    public static IServiceCollection AddRequestLimits(this IServiceCollection services) =>
        services.Configure<KestrelServerOptions>(server => (server.Limits.MaxRequestBodySize, server.AddServerHeader) = (MaxBodyBytes, false));

    /// <summary>Keeps browsers from reading an answer as anything but what it says it is.</summary>
    public static WebApplication UseNoSniff(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return next(context);
        });
        return app;
    }

    /// <summary>Maps the probes: live while the process answers, ready while the workspace does.</summary>
    public static WebApplication MapHealth(this WebApplication app)
    {
        app.MapHealthChecks($"{Health}/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks($"{Health}/ready");
        return app;
    }
}
