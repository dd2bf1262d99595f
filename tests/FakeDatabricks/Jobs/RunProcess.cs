using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Mirion.Generation.FakeDatabricks.Jobs;

/// <summary>The program that a run is.</summary>
internal sealed class RunProcess : IDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(2);
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private RunProcess(ProcessStartInfo start, RunOutput output)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.Exited += (_, _) => _exited.TrySetResult();
        _process.OutputDataReceived += (_, line) => output.AddLine(line.Data);
        _process.ErrorDataReceived += (_, line) => output.AddLine(line.Data);
    }

    /// <summary>Starts it.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="environment">Its variables, besides those of this program that say nothing about a workspace.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="output">Where what it prints goes.</param>
    public static RunProcess Start(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, string folder, RunOutput output)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsAboutAWorkspace).ToArray()) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var run = new RunProcess(start, output);
        run.Begin();
        return run;
    }

    /// <summary>Waits for its end, and gives its exit code.</summary>
    public async Task<int> WaitAsync()
    {
        await _exited.Task;

        // What it printed last may still be on the way, but a program that it left behind can hold its pipes open for ever.
        await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(OutputGrace, TimeProvider.System));
        return _process.ExitCode;
    }

    /// <summary>Asks it to end, as a cluster does.</summary>
    public void AskToEnd()
    {
        if (!_process.HasExited) _ = SendSignal(_process.Id, Terminate);
    }

    /// <summary>Ends it and whatever it started, as a lost machine would.</summary>
    public void Kill()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
    }

    public void Dispose() => _process.Dispose();

    private void Begin()
    {
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private static bool IsAboutAWorkspace(string variable) =>
        variable.StartsWith("DATABRICKS_", StringComparison.Ordinal) || variable.StartsWith("Workspace__", StringComparison.OrdinalIgnoreCase);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int process, int signal);
}
