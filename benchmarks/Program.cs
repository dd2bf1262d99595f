using BenchmarkDotNet.Running;
using Mirion.Generation.Benchmarks;

// Each row is a ratio of two measurements of one run; absolute times move with the machine.
switch (args)
{
    case ["labelled", .. var counts]:
        foreach (var items in counts.DefaultIfEmpty("100000")) Console.WriteLine(await LabelledItems.MeasureAsync(Count(items)));
        return 0;
    case ["drafted", .. var counts]:
        foreach (var items in counts.DefaultIfEmpty("2000")) Console.WriteLine(await DraftedItems.MeasureAsync(Count(items)));
        return 0;
    case ["render", .. var rest]:
        BenchmarkRunner.Run<PromptRendering>(args: rest);
        return 0;
    default:
        Console.Error.WriteLine("""
            labelled [N ...]  N items that all have canonical labels, stored, beside a raw DuckDB INSERT ... SELECT ... JOIN of the same rows
            drafted [N ...]   N items drafted by an endpoint that takes 100 ms, 64 at a time, stored, beside the ideal N x 100 ms / 64
            render            one prompt (BenchmarkDotNet)
            """);
        return 2;
}

static int Count(string text) => int.Parse(text.Replace("_", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);
