using System.Collections.Concurrent;
using System.Diagnostics;

namespace Mirion.Generation.Api.IntegrationTests.Crashes;

/// <summary>A program of this product in a process of its own, that is to be killed or frozen.</summary>
internal sealed class Victim : IDisposable
{
    /// <summary>The command line.</summary>
    public const string Cli = "mirion-generate.dll";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private Victim(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Everything it said.</summary>
    public string Said => string.Join('\n', _lines);

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Starts it with settings in its environment.</summary>
    public static Victim Start(string program, IEnumerable<(string Key, string? Value)> settings, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(TestContext.CurrentContext.TestDirectory, program), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the tests are run with, and what collects coverage here, is not for it.
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToArray()) start.Environment.Remove(name);
        foreach (var (key, value) in settings) start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return new Victim(new Process { StartInfo = start });
    }

    /// <summary>Waits for its end; the answer is its exit code.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>Ends it as nothing can be prepared for: SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>Sends it a signal, by its name.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static bool IsOurs(string name) =>
        name.StartsWith("CORECLR_", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase);

    private void Note(string? line)
    {
        if (line is not null) _lines.Enqueue(line);
    }
}
