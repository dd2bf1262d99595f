using Mirion.Generation.Benchmarks.Bench;
using Mirion.Generation.Benchmarks.ModelServer;
using Mirion.Generation.Benchmarks.Report;
using Mirion.Generation.Benchmarks.Subjects;
using Mirion.Generation.Benchmarks.Workload;

namespace Mirion.Generation.Benchmarks.Rows;

/// <summary>A million items that all have labels: speed beside plain SQL, and memory.</summary>
internal static class Labelled
{
    public const string Name = "labelled";
    private const string PeakOfMany = "ours, command line: peak memory";

    public static async Task<RowReport> MeasureAsync(BenchContext bench)
    {
        var many = new Inspections(bench.Size(1_000_000, 50_000));
        var few = new Inspections(many.Count / 10);
        var figures = new Figures();
        for (var i = 0; i < bench.Repetitions; i++)
        {
            var raw = await MeasureAsync(await SubjectProcess.StartAsync("raw", "--folder", await bench.PrepareAsync(many, labelled: true)));
            var folder = await bench.PrepareAsync(many, labelled: true);
            var ours = await MeasureAsync(await BenchContext.OursAsync(folder));
            if (i == 0 && RawSql.CountAlike(folder) is var alike && alike != many.Count)
            {
                throw new InvalidOperationException($"Plain SQL and the engine agree on {alike:N0} of {many.Count:N0} pairs: they did not do the same work.");
            }

            Directory.Delete(folder, recursive: true);
            figures.Add("ours over DuckDB INSERT … SELECT … JOIN: items a second", "×", ours / raw, Target.AtLeast(1 / 3.0));
            figures.Add("ours", "items/s", ours, Target.AtLeast(100_000));
            figures.Add("DuckDB INSERT … SELECT … JOIN", "items/s", raw);
            var large = await RunCliAsync(bench, many);
            var small = await RunCliAsync(bench, few);
            figures.Add("ours, command line, cold", "items/s", many.Count / large.Seconds);
            figures.Add($"{PeakOfMany}, {many.Count:N0} items", "MB", large.PeakMegabytes, new Target(400));
            figures.Add($"{PeakOfMany}, {few.Count:N0} items", "MB", small.PeakMegabytes);
            figures.Add($"{PeakOfMany}, {many.Count:N0} over {few.Count:N0} items", "×", large.PeakMegabytes / small.PeakMegabytes, new Target(1.10));
        }

        if (bench.HasLangChain) await MeasureLangChainAsync(bench, figures);
        return new RowReport(Name, "1,000,000 items, all with canonical labels, embedded workspace", $"""
            {many.Count:N0} items of a CSV file. Plain SQL joins the same file with the same label table into a table of the same columns without constraints, and makes the same chat text, which is compared item by item.
            LangChain.js drafts every item, as it knows no labels; its memory is there to show how it grows.
            """, figures.ToList());
    }

    private static async Task<EndedProcess> RunCliAsync(BenchContext bench, Inspections items)
    {
        var folder = await bench.PrepareAsync(items, labelled: true);
        using var process = BenchContext.StartCli(folder, server: null, BenchContext.Generate);
        var ended = (await process.EndAsync()).Succeeded("The command line");
        Directory.Delete(folder, recursive: true);
        return ended;
    }

    private static async Task MeasureLangChainAsync(BenchContext bench, Figures figures)
    {
        foreach (var count in (int[])[bench.Size(10_000, 1_000), bench.Size(100_000, 4_000)])
        {
            await using var server = await ModelServerProcess.StartAsync(new ServerOptions());
            using var chain = await bench.LangChainAsync(server, new Inspections(count));
            figures.Add($"LangChain.js: peak memory, {count:N0} items", "MB", (await chain.MeasureAsync()).PeakMegabytes);
        }
    }

    private static async Task<double> MeasureAsync(SubjectProcess started)
    {
        using var subject = started;
        return (await subject.MeasureAsync()).ItemsASecond;
    }
}
