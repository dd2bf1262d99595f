using Mirion.Generation.Benchmarks.Bench;
using Mirion.Generation.Benchmarks.Report;

namespace Mirion.Generation.Benchmarks.Rows;

/// <summary>Measures rows one after another, prints each as it comes, and keeps the results.</summary>
internal static class BenchRun
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var only = arguments.All("only");
        if (only.Except(Row.All.Select(row => row.Name)).ToArray() is [_, ..] unknown)
        {
            Console.Error.WriteLine($"No such row: {string.Join(' ', unknown)}. There are: {string.Join(' ', Row.All.Select(row => row.Name))}.");
            return 2;
        }

        using var bench = new BenchContext(arguments);
        var results = Results(bench.IsQuick);
        var failures = 0;
        Console.WriteLine($"{Machine.Describe()}; load {Machine.Load()}");
        foreach (var row in Row.All.Where(row => only.Count == 0 || only.Contains(row.Name)))
        {
            var started = TimeProvider.System.GetTimestamp();
            try
            {
                var report = (await row.MeasureAsync(bench)) with { At = TimeProvider.System.GetUtcNow(), Commit = arguments.Find("commit") ?? "an unknown commit" };
                Console.WriteLine($"\n{report.Name}: {report.Title}  ({TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s)\n{ResultsFile.Table(report.Figures)}");
                await results.PutAsync(report);
            }
            catch (Exception e) when (e is InvalidOperationException or IOException or HttpRequestException or System.ComponentModel.Win32Exception)
            {
                // The other rows are worth having all the same.
                failures++;
                Console.WriteLine($"\n{row.Name}: NOT MEASURED: {e.Message}");
            }
        }

        return failures == 0 ? 0 : 1;
    }

    // Quick runs show that everything works; their figures are nobody's results.
    private static ResultsFile Results(bool quick)
    {
        var kept = Path.Combine(BenchContext.Root, "artifacts", "benchmarks");
        var order = Row.All.Select(row => row.Name).ToArray();
        return quick
            ? new ResultsFile(Path.Combine(kept, "quick.json"), Path.Combine(kept, "QUICK.md"), order)
            : new ResultsFile(Path.Combine(BenchContext.Root, "benchmarks", "results.json"), Path.Combine(BenchContext.Root, "benchmarks", "RESULTS.md"), order);
    }
}
