using System.Diagnostics;
using System.Globalization;

namespace Mirion.Generation.Benchmarks.Bench;

/// <summary>A program that ran to its end.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">What it complained about.</param>
/// <param name="Seconds">From its start to its end.</param>
/// <param name="CpuSeconds">User and system time of the whole process from its start to its end; includes that of others that ended meanwhile.</param>
/// <param name="PeakMegabytes">The most memory it had.</param>
internal sealed record EndedProcess(int ExitCode, string Output, string Errors, double Seconds, double CpuSeconds, double PeakMegabytes)
{
    /// <summary>The same, if it succeeded.</summary>
    public EndedProcess Succeeded(string what) =>
        ExitCode == 0 ? this : throw new InvalidOperationException($"{what} ended with exit code {ExitCode}: {Errors}{Output}");
}

/// <summary>A program as a process of its own, which a user could have started so.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan Sampling = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly double _cpuBefore = CpuOfEndedChildren();
    private readonly long _started = TimeProvider.System.GetTimestamp();

    private ChildProcess(Process process) => (_process, _errors) = (process, process.StandardError.ReadToEndAsync());

    public StreamWriter Input => _process.StandardInput;

    public StreamReader Output => _process.StandardOutput;

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    public static ChildProcess Start(string program, IEnumerable<string> arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "",
        };
        return new ChildProcess(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start."));
    }

    /// <summary>Waits until it has ended.</summary>
    public async Task<EndedProcess> EndAsync()
    {
        var output = Output.ReadToEndAsync();
        var peak = 0.0;
        var ended = _process.WaitForExitAsync();
        while (!ended.IsCompleted)
        {
            try
            {
                peak = Math.Max(peak, Measurement.PeakMegabytesOf(Id.ToString(CultureInfo.InvariantCulture)));
            }
            catch (IOException)
            {
                // It ended while it was looked at.
            }

            await Task.WhenAny(ended, Task.Delay(Sampling, TimeProvider.System));
        }

        var seconds = TimeProvider.System.GetElapsedTime(_started).TotalSeconds;
        return new EndedProcess(_process.ExitCode, await output, await _errors, seconds, CpuOfEndedChildren() - _cpuBefore, peak);
    }

    /// <summary>Ends it at once, as the kernel does when memory is short: SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>What it says is wrong, once it has ended.</summary>
    public Task<string> ErrorsAsync() => _errors;

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    // cutime and cstime of proc(5), in hundredths of a second: what children used that have ended and were waited for.
    private static double CpuOfEndedChildren()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)) / 100.0;
    }
}
