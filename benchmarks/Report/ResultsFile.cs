using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Mirion.Generation.Benchmarks.Report;

/// <summary>The results of every row, each as of the last time it ran; kept as JSON, written as Markdown.</summary>
internal sealed class ResultsFile(string json, string markdown, IReadOnlyList<string> order)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Web) { WriteIndented = true };

    /// <summary>Puts a row in the place of what there is of it.</summary>
    public async Task PutAsync(RowReport report)
    {
        var known = File.Exists(json) ? JsonSerializer.Deserialize<List<RowReport>>(await File.ReadAllTextAsync(json), Options)! : [];
        known.RemoveAll(row => row.Name == report.Name || !order.Contains(row.Name));
        known.Add(report);
        known.Sort((a, b) => order.ToList().IndexOf(a.Name).CompareTo(order.ToList().IndexOf(b.Name)));
        Directory.CreateDirectory(Path.GetDirectoryName(json)!);
        await File.WriteAllTextAsync(json, JsonSerializer.Serialize(known, Options));
        await File.WriteAllTextAsync(markdown, Markdown(known));
    }

    /// <summary>One row as a table.</summary>
    public static string Table(IEnumerable<Figure> figures)
    {
        var text = new StringBuilder("| figure | median | range | target | |\n|---|---|---|---|---|\n");
        foreach (var figure in figures)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {figure.What} | {figure.MedianText} | {figure.RangeText} | {figure.Target?.Text(figure.Unit)} | {figure.Verdict} |");
        }

        return text.ToString();
    }

    private static string Markdown(List<RowReport> rows)
    {
        var text = new StringBuilder();
        text.AppendLine("# Benchmark results");
        text.AppendLine();
        text.AppendLine("Written by `build/bench.sh`; [docs/performance.md](../docs/performance.md) says how to read it. Times move with the machine; the ratios are of one run, side by side.");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Machine: {Machine.Describe()}.");
        text.AppendLine();
        text.AppendLine("## Targets");
        text.AppendLine();
        text.AppendLine("| row | figure | median | range | target | |\n|---|---|---|---|---|---|");
        foreach (var row in rows)
        {
            foreach (var figure in row.Figures.Where(figure => figure.Target is not null))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Name} | {figure.What} | {figure.MedianText} | {figure.RangeText} | {figure.Target!.Text(figure.Unit)} | {figure.Verdict} |");
            }
        }

        foreach (var row in rows)
        {
            text.AppendLine();
            text.AppendLine(CultureInfo.InvariantCulture, $"## {row.Name}: {row.Title}");
            text.AppendLine();
            text.AppendLine(CultureInfo.InvariantCulture, $"{row.Setup} Measured {row.At:yyyy-MM-dd HH:mm} UTC at {row.Commit}.");
            text.AppendLine();
            text.Append(Table(row.Figures));
        }

        return text.ToString();
    }
}
