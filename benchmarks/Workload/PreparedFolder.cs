using System.Text.Json;
using Mirion.Generation.Application.Labels.Import;
using Mirion.Generation.Benchmarks.ModelServer;
using Mirion.Generation.Domain.Labels;

namespace Mirion.Generation.Benchmarks.Workload;

/// <summary>The folder of an embedded workspace that has a sheet and a template, and labels for all items or none.</summary>
internal static class PreparedFolder
{
    public static string Database(string folder) => Path.Combine(folder, "generation.duckdb");

    public static string Csv(string folder) => Path.Combine(folder, "tables", "bench", "factory", "inspections.csv");

    public static async Task MakeAsync(string folder, Inspections items, bool labelled)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Csv(folder))!);
        await File.WriteAllLinesAsync(Csv(folder), Enumerable.Range(0, items.Count).Select(items.Csv).Prepend(Inspections.Header));
        await using var workspace = await BenchWorkspace.OpenAsync(BenchWorkspace.Settings(folder, baseUrl: null));
        await workspace.DefineAsync();
        if (labelled) await workspace.ImportAsync(Labels(Enumerable.Range(0, items.Count)));
    }

    /// <summary>A label for each item, of the same words a model would answer with.</summary>
    public static IEnumerable<LabelRow> Labels(IEnumerable<int> items)
    {
        using var answer = JsonDocument.Parse(Replies.Answer);
        foreach (var (line, i) in items.Index())
        {
            yield return new LabelRow(line + 1, new LabelDraft
            {
                SheetId = BenchWorkspace.Sheet.Value, ItemRef = Inspections.Ref(i), LabelType = BenchWorkspace.LabelType, LabelData = answer.RootElement,
            });
        }
    }
}
