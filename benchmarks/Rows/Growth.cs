using Mirion.Generation.Benchmarks.Bench;
using Mirion.Generation.Benchmarks.ModelServer;
using Mirion.Generation.Benchmarks.Report;
using Mirion.Generation.Benchmarks.Workload;

namespace Mirion.Generation.Benchmarks.Rows;

/// <summary>Whether an item costs the same in a large sheet as in a small one.</summary>
internal static class Growth
{
    public const string Name = "growth";

    // Small sheets are generated so often that the figure is of many items too.
    private const int ItemsMeasured = 100_000;
    private const int MostRuns = 20;

    public static async Task<RowReport> MeasureAsync(BenchContext bench)
    {
        int[] labelled = bench.IsQuick ? [1_000, 10_000] : [1_000, 10_000, 100_000, 1_000_000];
        int[] drafted = bench.IsQuick ? [1_000, 4_000] : [1_000, 10_000, 100_000];
        var figures = new Figures();
        await MeasureAsync(figures, "labelled", labelled, async (items, runs) =>
        {
            using var subject = await BenchContext.OursAsync(await bench.PrepareAsync(items, labelled: true), runs: runs);
            return await subject.MeasureAsync();
        });
        await MeasureAsync(figures, "drafted", drafted, async (items, runs) =>
        {
            await using var server = await ModelServerProcess.StartAsync(new ServerOptions());
            using var subject = await BenchContext.OursAsync(await bench.PrepareAsync(items, labelled: false), server, runs: runs);
            return await subject.MeasureAsync();
        });
        return new RowReport(Name, "cost an item as sheets grow", """
            CPU an item of the whole process, warm; sheets of less than 100,000 items are generated several times in one process, each time as a new training sheet. The endpoint answers at once. What a
            generation costs whatever its size, its checks and its first and last commit, is measured on a sheet of one item, and is in the plain figure of a thousand; beyond it each item is to cost the same.
            """, figures.ToList());
    }

    private static async Task MeasureAsync(Figures figures, string kind, int[] sizes, Func<Inspections, int, Task<Measurement>> measure)
    {
        var one = await measure(new Inspections(1), MostRuns);
        var whole = one.CpuMicrosecondsAnItem;
        figures.Add($"{kind}, one item: CPU a generation", "ms", whole / 1e3);
        var beyond = new List<double>();
        foreach (var size in sizes)
        {
            var measured = await measure(new Inspections(size), Math.Clamp(ItemsMeasured / size, 1, MostRuns));
            figures.Add(Cpu(size), "µs", measured.CpuMicrosecondsAnItem);
            beyond.Add(((measured.CpuMicrosecondsAnItem * size) - whole) / (size - 1));
            figures.Add($"{kind}, {size:N0} items: beyond what one takes, CPU an item", "µs", beyond[^1]);
            figures.Add($"{kind}, {size:N0} items: wall time an item", "µs", measured.Seconds * 1e6 / measured.Done);
        }

        figures.Add($"{kind}, {sizes[0]:N0} to {sizes[^1]:N0} items, beyond what one takes: dearest over cheapest item", "×", beyond.Max() / beyond.Min(), new Target(1.2));
        figures.Add($"{kind}, {sizes[0]:N0} to {sizes[^1]:N0} items, all in all: dearest over cheapest item", "×", Spread(sizes));
        if (sizes.Length > 2) figures.Add($"{kind}, {sizes[1]:N0} to {sizes[^1]:N0} items, all in all: dearest over cheapest item", "×", Spread(sizes[1..]));

        string Cpu(int size) => $"{kind}, {size:N0} items: CPU an item";
        double Spread(int[] of) => of.Max(size => figures.Median(Cpu(size))) / of.Min(size => figures.Median(Cpu(size)));
    }
}
