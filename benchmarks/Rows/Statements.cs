using Mirion.Generation.Benchmarks.Bench;
using Mirion.Generation.Benchmarks.Report;

namespace Mirion.Generation.Benchmarks.Rows;

/// <summary>How many SQL statements a generation takes on a warehouse that bills by the time it is awake.</summary>
internal static class Statements
{
    public const string Name = "statements";

    public static async Task<RowReport> MeasureAsync(BenchContext bench)
    {
        var figures = new Figures();
        foreach (var items in (int[])[50, 1_000, bench.Size(10_000, 3_000)])
        {
            using var subject = await SubjectProcess.StartAsync("statements", "--items", $"{items}");
            var measured = await subject.MeasureAsync();
            if (measured.Done != items) throw new InvalidOperationException($"{items} items made {measured.Done} pairs.");
            figures.Add($"{items:N0} items: statements", "", measured.Extra, new Target(10 + (items / 500)));
        }

        return new RowReport(Name, "SQL statements on Databricks", "Every fifth item has a label. The workspace is the one on loopback that the tests use, which counts what it is sent; the bound is 10 + N/500.", figures.ToList());
    }
}
