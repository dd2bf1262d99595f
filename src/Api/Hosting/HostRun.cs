using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Api.Hosting;

/// <summary>Runs the host to an exit code: 0 stopped, 2 wrong settings, 3 the workspace cannot be used.</summary>
internal static class HostRun
{
    private const int WrongSettings = 2;
    private const int UpstreamFailed = 3;

    // What the host and the server log, with a stack trace, about a start that failed; RunAsync says the same in a line.
    private static readonly string[] StartNoise = ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"];

    /// <summary>Keeps stack traces of expected faults out of the log until the host has started.</summary>
    public static void AddQuietStart(this WebApplicationBuilder builder)
    {
        var start = new Start();
        builder.Services.AddSingleton(start);
        foreach (var category in StartNoise) builder.Logging.AddFilter(category, level => start.IsOver && level >= LogLevel.Warning);
    }

    /// <summary>Starts, serves until stopped, and says what kept the host from starting.</summary>
    public static async Task<int> RunToExitCodeAsync(this WebApplication app)
    {
        var start = app.Services.GetRequiredService<Start>();
        app.Lifetime.ApplicationStarted.Register(() => start.IsOver = true);
        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (!start.IsOver && Explain(e) is { } lines)
        {
            foreach (var line in lines) await Console.Error.WriteLineAsync(line);
            return e is UpstreamException ? UpstreamFailed : WrongSettings;
        }
    }

    private static IEnumerable<string>? Explain(Exception exception) => exception switch
    {
        OptionsValidationException options => options.Failures,
        AggregateException { InnerExceptions: var several } when several.All(inner => inner is OptionsValidationException) =>
            several.Cast<OptionsValidationException>().SelectMany(options => options.Failures),
        // The server reports an address that is taken, or is not this machine's, as an IOException.
        UpstreamException or ExposedAddressException or IOException => [exception.Message],
        _ => null,
    };

    private sealed class Start
    {
        public volatile bool IsOver;
    }
}
