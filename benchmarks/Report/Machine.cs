using System.Globalization;
using System.Runtime.InteropServices;

namespace Mirion.Generation.Benchmarks.Report;

/// <summary>Where figures were measured.</summary>
internal static class Machine
{
    public static string Describe() => string.Join(", ",
        $"{Environment.ProcessorCount} cores",
        Field("/proc/cpuinfo", "model name") is { } cpu ? cpu : RuntimeInformation.ProcessArchitecture.ToString(),
        string.Create(CultureInfo.InvariantCulture, $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:0} GB of memory"),
        Value("/etc/os-release", "PRETTY_NAME=")?.Trim('"') ?? RuntimeInformation.OSDescription,
        $"kernel {Environment.OSVersion.Version}",
        RuntimeInformation.FrameworkDescription);

    /// <summary>How busy the machine is with something else; above a few tenths, times are not to be trusted.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string? Field(string file, string name) => Value(file, name)?.TrimStart('\t', ' ', ':');

    private static string? Value(string file, string start) => File.Exists(file)
        ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal))?[start.Length..]
        : null;
}
