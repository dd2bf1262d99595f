using Mirion.Generation.Benchmarks.Bench;
using Mirion.Generation.Benchmarks.ModelServer;
using Mirion.Generation.Benchmarks.Report;
using Mirion.Generation.Benchmarks.Workload;

namespace Mirion.Generation.Benchmarks.Rows;

/// <summary>How much longer than the endpoint needs a drafted sheet takes, and how much processor time.</summary>
internal static class Drafted
{
    public const string Name = "drafted";
    private const int Concurrency = 64;
    private const string OurCpu = "ours: CPU a pair";
    private const string TheirCpu = "LangChain.js batch to JSON lines: CPU a pair";
    private static readonly ServerOptions Endpoint = new() { Latency = TimeSpan.FromMilliseconds(100), Capacity = Concurrency };

    public static async Task<RowReport> MeasureAsync(BenchContext bench)
    {
        var items = new Inspections(bench.Size(5_000, 1_000));
        var figures = new Figures();
        for (var i = 0; i < bench.Repetitions; i++)
        {
            var ours = await WithServerAsync(async server => await BenchContext.OursAsync(await bench.PrepareAsync(items, labelled: false), server, concurrency: Concurrency));
            figures.Add("ours: time over ideal", "×", OverIdeal(ours), new Target(1.05));
            figures.Add(OurCpu, "µs", ours.CpuMicrosecondsAnItem, new Target(150));
            await MeasureCliAsync(bench, items, figures);
            figures.Add("HttpClient and a semaphore, nothing stored: time over ideal", "×", OverIdeal(await WithServerAsync(server => BenchContext.PeerAsync("bare", server, items))));
            if (bench.HasLangChain)
            {
                var chain = await WithServerAsync(server => bench.LangChainAsync(server, items));
                figures.Add("LangChain.js batch to JSON lines: time over ideal", "×", OverIdeal(chain));
                figures.Add(TheirCpu, "µs", chain.CpuMicrosecondsAnItem);
                figures.Add("ours over LangChain.js: CPU a pair", "×", ours.CpuMicrosecondsAnItem / chain.CpuMicrosecondsAnItem, new Target(0.2));
            }

            figures.Add("waves of ten (a fifth of the items): time over ideal", "×", OverIdeal(await WithServerAsync(server => BenchContext.PeerAsync("waves", server, new Inspections(items.Count / 5)))));
            figures.Add("one after the other (50 items): time over ideal", "×", OverIdeal(await WithServerAsync(server => BenchContext.PeerAsync("sequential", server, new Inspections(50)))));
        }

        return new RowReport(Name, "5,000 items, an endpoint that answers in 100 ms, 64 at a time", $"""
            {items.Count:N0} different questions; ideal is N × 100 ms / 64. Ours stores every pair in an embedded workspace, ramp-up, checks and final commit included. Before the clock starts all are warmed up
            by another address: ours until the compiler has come to rest, the peers with thousands of calls; `command line` is a process from its start to its end, with nothing warm. CPU is user and system time of all threads.
            """, figures.ToList());
    }

    private static async Task MeasureCliAsync(BenchContext bench, Inspections items, Figures figures)
    {
        await using var server = await ModelServerProcess.StartAsync(Endpoint);
        using var process = BenchContext.StartCli(
            await bench.PrepareAsync(items, labelled: false), server, BenchContext.Generate, ("FoundationModel:MaxConcurrency", $"{Concurrency}"));
        var cli = (await process.EndAsync()).Succeeded("The command line");
        figures.Add("ours, command line, cold: time over ideal", "×", cli.Seconds / Ideal(items.Count));
        figures.Add("ours, command line, cold: CPU a pair", "µs", cli.CpuSeconds * 1e6 / items.Count);
    }

    private static async Task<Measurement> WithServerAsync(Func<ModelServerProcess, Task<SubjectProcess>> start)
    {
        await using var server = await ModelServerProcess.StartAsync(Endpoint);
        using var subject = await start(server);
        var measured = await subject.MeasureAsync();
        return measured.Lost == 0 ? measured : throw new InvalidOperationException($"{measured.Lost} items were lost by an endpoint that takes every call.");
    }

    private static double Ideal(long items) => Endpoint.Latency.TotalSeconds * items / Concurrency;

    private static double OverIdeal(Measurement measured) => measured.Seconds / Ideal(measured.Done);
}
