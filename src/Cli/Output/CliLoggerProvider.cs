using Microsoft.Extensions.Logging;
using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Cli.Output;

/// <summary>Logs to standard error, a line each, in a way that leaves a live bar whole.</summary>
[ProviderAlias("Cli")]
internal sealed class CliLoggerProvider(CliOutput output) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(output);

    public void Dispose()
    {
    }

    private sealed class Logger(CliOutput output) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // An upstream's trouble is told in full by its message; anything else is a fault that somebody has to find.
            var detail = exception switch
            {
                null => string.Empty,
                UpstreamException => $": {exception.Message}",
                _ => Environment.NewLine + exception,
            };
            output.Interject($"{Name(logLevel)}: {formatter(state, exception)}{detail}");
        }

        private static string Name(LogLevel level) => level switch
        {
            LogLevel.Critical => "critical",
            LogLevel.Error => "error",
            LogLevel.Warning => "warning",
            LogLevel.Information => "info",
            _ => "debug",
        };
    }
}
