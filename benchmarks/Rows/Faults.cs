using Mirion.Generation.Benchmarks.Bench;
using Mirion.Generation.Benchmarks.ModelServer;
using Mirion.Generation.Benchmarks.Report;
using Mirion.Generation.Benchmarks.Subjects;
using Mirion.Generation.Benchmarks.Workload;

namespace Mirion.Generation.Benchmarks.Rows;

/// <summary>What comes of a sheet when nearly a third of the calls go wrong.</summary>
internal static class Faults
{
    public const string Name = "faults";
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(3);

    public static async Task<RowReport> MeasureAsync(BenchContext bench)
    {
        var items = new Inspections(bench.Size(2_000, 500));
        var figures = new Figures();
        for (var seed = 1; seed <= bench.Repetitions; seed++)
        {
            await using var server = await ModelServerProcess.StartAsync(new ServerOptions { Latency = TimeSpan.FromMilliseconds(10), Faults = 0.3, Seed = seed });
            var folder = await bench.PrepareAsync(items, labelled: false);
            using var process = BenchContext.StartCli(folder, server, BenchContext.Generate, ("FoundationModel:TimeoutSeconds", "2"));
            var ending = process.EndAsync();
            if (await Task.WhenAny(ending, Task.Delay(Hang, TimeProvider.System)) != ending)
            {
                await process.KillAsync();
                throw new InvalidOperationException($"The run did not end within {Hang}.");
            }

            var ended = (await ending).Succeeded("The command line");
            var (stored, stats) = (StoredPairs.Read(folder, bench.NewFolder()), await server.StatsAsync());
            var final = Replies.Faults.Where(fault => fault.Final).Sum(fault => stats.Faults.GetValueOrDefault(fault.Name));
            figures.Add("items without exactly one pair", "", stored.NotExactlyOnce(items.Count), new Target(0));
            figures.Add("difference of counts and rows", "", Math.Abs(stored.Counted - stored.Rows), new Target(0));
            figures.Add("time to the end", "s", ended.Seconds, new Target(Hang.TotalSeconds));
            figures.Add("calls that went wrong", "%", 100.0 * stats.Faults.Values.Sum() / (stats.Faults.Values.Sum() + stats.Answered));
            figures.Add("items flagged", "", stored.Flagged);
            figures.Add("calls that went wrong in a way that trying again does not mend", "", final);
        }

        return new RowReport(Name, "a model server that fails 30 % of calls in every known way", $"""
            {items.Count:N0} items through the command line, attempts of at most 2 s. Every call has a chance of 30 % to go wrong in one of {Replies.Faults.Length} ways, drawn from a seed:
            {string.Join(", ", Replies.Faults.Select(fault => fault.Name))}.
            """, figures.ToList());
    }
}
