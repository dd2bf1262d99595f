using System.Globalization;
using System.Text.RegularExpressions;
using Mirion.Generation.Benchmarks.Bench;
using Mirion.Generation.Benchmarks.Report;

namespace Mirion.Generation.Benchmarks.Rows;

/// <summary>How many whole runs of the pipeline are simulated in a minute.</summary>
internal static partial class Simulation
{
    public const string Name = "simulation";

    public static async Task<RowReport> MeasureAsync(BenchContext bench)
    {
        var figures = new Figures();
        for (var i = 0; i < bench.Repetitions; i++)
        {
            using var process = ChildProcess.Start(
                Path.Combine(BenchContext.Root, "tests/Simulation/bin/Release/net10.0/Mirion.Generation.Simulation.Tests"), [$"{bench.Size(20, 5)}"]);
            var ended = (await process.EndAsync()).Succeeded("The simulation");
            if (Sum().Match(ended.Output) is not { Success: true } sum) throw new InvalidOperationException($"The simulation did not say how many runs it made: {ended.Output}");
            var minutes = double.Parse(sum.Groups["seconds"].Value, CultureInfo.InvariantCulture) / 60;
            figures.Add("simulated runs a minute", "", double.Parse(sum.Groups["runs"].Value, CultureInfo.InvariantCulture) / minutes, Target.AtLeast(10_000));
        }

        return new RowReport(Name, "simulated runs of the whole pipeline", "In virtual time, with seeded limits, faults, crashes and cancels, each run checked against the reference model: tests/Simulation.", figures.ToList());
    }

    [GeneratedRegex(@"(?<runs>\d+) runs in (?<seconds>[\d.]+) s")]
    private static partial Regex Sum();
}
