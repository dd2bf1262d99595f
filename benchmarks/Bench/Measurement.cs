using System.Globalization;
using System.Text.Json;

namespace Mirion.Generation.Benchmarks.Bench;

/// <summary>What a process measured of the work it did, warmed up beforehand.</summary>
/// <param name="Seconds">From the start of the work to its end.</param>
/// <param name="CpuSeconds">User and system time of the whole process, all its threads, over the work.</param>
/// <param name="PeakMegabytes">The most memory the process ever had.</param>
/// <param name="Done">Items that came to a good end.</param>
/// <param name="Lost">Items that did not.</param>
/// <param name="Runs">How often the work was done; the other figures are of all runs.</param>
/// <param name="Extra">A figure of its own, where there is one.</param>
internal sealed record Measurement(double Seconds, double CpuSeconds, double PeakMegabytes, long Done, long Lost, int Runs = 1, double Extra = 0)
{
    public double CpuMicrosecondsAnItem => CpuSeconds * 1e6 / Done;

    public double ItemsASecond => Done / Seconds;

    /// <summary>Does <paramref name="work"/>, whose answer is how many items it did and lost, and measures it.</summary>
    public static async Task<Measurement> OfAsync(Func<Task<(long Done, long Lost)>> work, int runs = 1)
    {
        var (clock, cpu) = (TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var (done, lost) = (0L, 0L);
        for (var i = 0; i < runs; i++)
        {
            var came = await work();
            (done, lost) = (done + came.Done, lost + came.Lost);
        }

        return new Measurement(
            TimeProvider.System.GetElapsedTime(clock).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, PeakMegabytesOf("self"), done, lost, runs);
    }

    public static Measurement Parse(string json) => JsonSerializer.Deserialize<Measurement>(json, JsonSerializerOptions.Web)!;

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>The high-water mark of a process' memory, as the kernel has it.</summary>
    public static double PeakMegabytesOf(string process)
    {
        const string Mark = "VmHWM:";
        var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith(Mark, StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[Mark.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
