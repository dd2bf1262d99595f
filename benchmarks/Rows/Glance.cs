using System.Globalization;
using Mirion.Generation.Benchmarks.Bench;
using Mirion.Generation.Benchmarks.ModelServer;
using Mirion.Generation.Benchmarks.Workload;

namespace Mirion.Generation.Benchmarks.Rows;

/// <summary>One line about one size of sheet, for whoever is at work on the engine; no row of the table.</summary>
internal static class Glance
{
    public static async Task<int> AtAsync(IEnumerable<string> counts, bool labelled, TimeSpan latency)
    {
        using var bench = new BenchContext(new Arguments([]));
        foreach (var count in counts.Select(text => int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)))
        {
            await using var server = labelled ? null : await ModelServerProcess.StartAsync(new ServerOptions { Latency = latency, Capacity = 64 });
            using var subject = await BenchContext.OursAsync(await bench.PrepareAsync(new Inspections(count), labelled), server);
            var measured = await subject.MeasureAsync();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{count:N0} items: {measured.Seconds:F2} s, {measured.ItemsASecond:N0} items/s, {measured.CpuMicrosecondsAnItem:F1} µs CPU an item, peak memory {measured.PeakMegabytes:N0} MB; compiling {measured.Extra:F2} s"));
        }

        return 0;
    }
}
