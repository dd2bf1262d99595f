using System.Diagnostics;
using System.Text;

namespace Mirion.Generation.Cli.IntegrationTests.Hosting;

/// <summary>The built program in a process of its own, in a folder of its own.</summary>
internal sealed class CliProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private CliProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Standard error so far.</summary>
    public string Errors
    {
        get
        {
            lock (_errors) return _errors.ToString();
        }
    }

    /// <summary>Starts it.</summary>
    public static CliProcess Start(string folder, params string[] args) => Start(folder, args, []);

    /// <summary>Starts it with <paramref name="environment"/> beside what this process has.</summary>
    public static CliProcess Start(string folder, string[] args, params (string Name, string Value)[] environment)
    {
        string[] all = [Path.Combine(TestContext.CurrentContext.TestDirectory, "mirion-generate.dll"), .. args];
        var start = new ProcessStartInfo("dotnet", all) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // What collects coverage here must not collect it there.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("CORECLR_", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new CliProcess(new Process { StartInfo = start });
    }

    /// <summary>Starts it and waits for its end.</summary>
    public static async Task<CliRun> RunAsync(string folder, params string[] args)
    {
        using var process = Start(folder, args);
        return await process.EndAsync();
    }

    /// <summary>Sends a signal, by its name.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for its end.</summary>
    public async Task<CliRun> EndAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await _process.WaitForExitAsync(deadline.Token);
        lock (_output) return new CliRun(_process.ExitCode, _output.ToString(), Errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.AppendLine(line);
    }
}
