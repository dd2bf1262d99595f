using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Mirion.Generation.Api.IntegrationTests.Harness;

/// <summary>The host as a process of its own, as a user starts it.</summary>
internal sealed partial class HostProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<string> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(Process process) => _process = process;

    /// <summary>Every line it wrote to standard error.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>Every line it wrote to standard output: its log.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>Starts it in <paramref name="folder"/>.</summary>
    public static HostProcess Start(string folder, string[] args, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. args])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the test runner was started with is not for the host.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var host = new HostProcess(new Process { StartInfo = start });
        host._process.OutputDataReceived += (_, line) => host.Note(line.Data);
        host._process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text) host.Errors.Enqueue(text);
        };
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    /// <summary>Where it listens, once it does.</summary>
    public async Task<Uri> ListeningAsync()
    {
        var exit = _process.WaitForExitAsync();
        var first = await Task.WhenAny(_listening.Task, exit).WaitAsync(Patience);
        return first == exit ? throw new InvalidOperationException($"It ended: {string.Join('\n', Errors)}") : new Uri(await _listening.Task);
    }

    /// <summary>Sends a signal, by its name.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Its exit code, once it has ended by itself.</summary>
    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Note(string? line)
    {
        if (line is null) return;
        _output.Enqueue(line);
        if (Listening().Match(line) is { Success: true } match) _listening.TrySetResult(match.Groups[1].Value);
    }

    [GeneratedRegex(@"Now listening on: (\S+)")]
    private static partial Regex Listening();
}
