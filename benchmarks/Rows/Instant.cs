using Mirion.Generation.Benchmarks.Bench;
using Mirion.Generation.Benchmarks.ModelServer;
using Mirion.Generation.Benchmarks.Report;
using Mirion.Generation.Benchmarks.Workload;

namespace Mirion.Generation.Benchmarks.Rows;

/// <summary>How near the engine comes to the plainest client when the endpoint is no limit at all.</summary>
internal static class Instant
{
    public const string Name = "instant";

    public static async Task<RowReport> MeasureAsync(BenchContext bench)
    {
        var items = new Inspections(bench.Size(20_000, 4_000));
        var few = new Inspections(items.Count / 5);
        var figures = new Figures();
        for (var i = 0; i < bench.Repetitions; i++)
        {
            var bare = await MeasureAsync(server => BenchContext.PeerAsync("bare", server, items));
            var ours = await MeasureAsync(async server => await BenchContext.OursAsync(await bench.PrepareAsync(items, labelled: false), server));
            figures.Add("ours, stored, over HttpClient and a semaphore: pairs a second", "×", ours / bare, Target.AtLeast(0.5));
            figures.Add("ours, stored", "pairs/s", ours);
            figures.Add("HttpClient and a semaphore, nothing stored", "pairs/s", bare);
            if (!bench.HasLangChain) continue;
            var chain = await MeasureAsync(server => bench.LangChainAsync(server, few));
            figures.Add("LangChain.js batch to JSON lines (a fifth of the items)", "pairs/s", chain);
            figures.Add("LangChain.js over HttpClient and a semaphore: pairs a second", "×", chain / bare);
        }

        return new RowReport(Name, "an endpoint that answers at once", $"{items.Count:N0} different questions, 64 at a time, warm. Client and server share the cores.", figures.ToList());
    }

    private static async Task<double> MeasureAsync(Func<ModelServerProcess, Task<SubjectProcess>> start)
    {
        await using var server = await ModelServerProcess.StartAsync(new ServerOptions());
        using var subject = await start(server);
        return (await subject.MeasureAsync()).ItemsASecond;
    }
}
