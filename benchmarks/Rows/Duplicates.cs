using Mirion.Generation.Benchmarks.Bench;
using Mirion.Generation.Benchmarks.ModelServer;
using Mirion.Generation.Benchmarks.Report;
using Mirion.Generation.Benchmarks.Workload;

namespace Mirion.Generation.Benchmarks.Rows;

/// <summary>How many calls are paid for where most questions have been asked before.</summary>
internal static class Duplicates
{
    public const string Name = "duplicates";

    public static async Task<RowReport> MeasureAsync(BenchContext bench)
    {
        var items = new Inspections(bench.Size(8_000, 2_000), bench.Size(2_000, 500));
        var figures = new Figures();
        for (var i = 0; i < bench.Repetitions; i++)
        {
            var folder = await bench.PrepareAsync(items, labelled: false);
            figures.Add("ours: calls paid over different questions", "×", await CountAsync(server => BenchContext.OursAsync(folder, server)), new Target(1.00));
        }

        figures.Add("HttpClient and a semaphore: calls paid over different questions", "×", await CountAsync(server => BenchContext.PeerAsync("bare", server, items)));
        if (bench.HasLangChain) figures.Add("LangChain.js: calls paid over different questions", "×", await CountAsync(server => bench.LangChainAsync(server, items)));
        return new RowReport(
            Name, "75 % identical questions at temperature 0", $"{items.Count:N0} items that make {items.Questions:N0} different questions, alike ones {items.Questions:N0} items apart; counted by the endpoint.", figures.ToList());
    }

    private static async Task<double> CountAsync(Func<ModelServerProcess, Task<SubjectProcess>> start)
    {
        await using var server = await ModelServerProcess.StartAsync(new ServerOptions { Latency = TimeSpan.FromMilliseconds(20), CountsQuestions = true });
        using var subject = await start(server);
        var measured = await subject.MeasureAsync();
        var stats = await server.StatsAsync();
        return measured.Lost == 0 ? (double)stats.Answered / stats.Questions : throw new InvalidOperationException($"{measured.Lost} items were lost.");
    }
}
