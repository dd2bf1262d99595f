using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Mirion.Generation.Api.IntegrationTests.Harness;

/// <summary>A line of the log.</summary>
/// <param name="Level">How grave.</param>
/// <param name="Category">Who said it.</param>
/// <param name="Message">What.</param>
/// <param name="Exception">The exception that came with it.</param>
internal sealed record LogLine(LogLevel Level, string Category, string Message, Exception? Exception);

/// <summary>Everything a host logged.</summary>
internal sealed class RecordedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IReadOnlyList<LogLine> Lines => [.. _lines];

    public IReadOnlyList<LogLine> Errors => [.. _lines.Where(line => line.Level >= LogLevel.Error)];

    public void Clear() => _lines.Clear();

    public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Recorder(string category, ConcurrentQueue<LogLine> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(new LogLine(logLevel, category, formatter(state, exception), exception));
    }
}
