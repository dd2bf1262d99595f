using Mirion.Generation.Benchmarks.Bench;
using Mirion.Generation.Benchmarks.Report;

namespace Mirion.Generation.Benchmarks.Rows;

/// <summary>One thing the engine must reach, measured beside its peers.</summary>
/// <param name="Name">Its name, as <c>--only</c> takes it.</param>
/// <param name="MeasureAsync">Measures it.</param>
internal sealed record Row(string Name, Func<BenchContext, Task<RowReport>> MeasureAsync)
{
    public static IReadOnlyList<Row> All { get; } =
    [
        new(Drafted.Name, Drafted.MeasureAsync),
        new(Instant.Name, Instant.MeasureAsync),
        new(Limited.Name, Limited.MeasureAsync),
        new(Labelled.Name, Labelled.MeasureAsync),
        new(Duplicates.Name, Duplicates.MeasureAsync),
        new(Statements.Name, Statements.MeasureAsync),
        new(Growth.Name, Growth.MeasureAsync),
        new(Kills.Name, Kills.MeasureAsync),
        new(Simulation.Name, Simulation.MeasureAsync),
        new(Faults.Name, Faults.MeasureAsync),
        new(Start.Name, Start.MeasureAsync),
    ];
}
