using Spectre.Console;

namespace Mirion.Generation.Cli.Output;

/// <summary>Where a verb writes: results to standard output, progress and messages to standard error.</summary>
internal sealed class CliOutput
{
    private readonly Lazy<IAnsiConsole> _results;
    private readonly Lazy<IAnsiConsole> _messages;

    /// <summary>Writes to <paramref name="results"/> and <paramref name="messages"/>; colours and a live bar only where that is a terminal.</summary>
    public CliOutput(TextWriter results, TextWriter messages)
    {
        (Results, Messages) = (results, messages);
        _results = new(() => Console(results));
        _messages = new(() => Console(messages));
    }

    /// <summary>Standard output.</summary>
    public TextWriter Results { get; }

    /// <summary>Standard error.</summary>
    public TextWriter Messages { get; }

    /// <summary>Standard output, for tables.</summary>
    public IAnsiConsole ResultConsole => _results.Value;

    /// <summary>Standard error, for a live bar and what is written while there is one.</summary>
    public IAnsiConsole MessageConsole => _messages.Value;

    /// <summary>Whether a person watches standard error.</summary>
    public bool IsWatched => MessageConsole.Profile.Out.IsTerminal && MessageConsole.Profile.Capabilities is { Interactive: true, Ansi: true };

    /// <summary>Those of this process.</summary>
    public static CliOutput OfProcess() => new(System.Console.Out, System.Console.Error);

    /// <summary>Writes a message as one line, which can be copied as one.</summary>
    public void Say(string message) => Messages.WriteLine(message);

    /// <summary>Writes a message at any time: above the bar if there is one.</summary>
    public void Interject(string message)
    {
        if (IsWatched) MessageConsole.Write(new Text(message + Environment.NewLine));
        else Messages.WriteLine(message);
    }

    /// <summary>Gives a terminal its cursor back, which a bar hides.</summary>
    public void RestoreTerminal()
    {
        if (_messages.IsValueCreated && IsWatched) MessageConsole.Cursor.Show();
    }

    private static IAnsiConsole Console(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
}
