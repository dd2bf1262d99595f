using System.Diagnostics;
using System.Text.Json;
using DuckDB.NET.Data;
using Mirion.Generation.Application.Labels.Import;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Benchmarks;

/// <summary>The label path: every item has its canonical label, no model is asked, every pair is stored.</summary>
internal static class LabelledItems
{
    public static async Task<string> MeasureAsync(int items)
    {
        await using var workspace = await BenchWorkspace.CreateAsync(items);
        using var answer = JsonDocument.Parse("""{"defect":"residue","severity":"minor"}""");
        var importing = Stopwatch.GetTimestamp();
        await workspace.ImportAsync(Enumerable.Range(0, items).Select(i => new LabelRow(i + 1, new LabelDraft
        {
            SheetId = "inspections", ItemRef = $"INS-{i:D8}", LabelType = BenchWorkspace.LabelType, LabelData = answer.RootElement,
        })));
        var imported = Stopwatch.GetElapsedTime(importing);

        var started = Stopwatch.GetTimestamp();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var sheet = await workspace.GenerateAsync();
        var ours = Stopwatch.GetElapsedTime(started);
        var process = Process.GetCurrentProcess();
        var cpuPerItem = (process.TotalProcessorTime - cpu).TotalMicroseconds / items;
        if (sheet.Tally != new PairTally(items, 0, 0, 0)) throw new InvalidOperationException($"Expected {items} labelled pairs, got {sheet.Tally}.");

        var raw = Raw(workspace.Csv, items);
        return $"labelled {items:N0}: {items / ours.TotalSeconds:N0} items/s; raw DuckDB {items / raw.TotalSeconds:N0} items/s; ratio {raw / ours:F2}; "
            + $"{cpuPerItem:F0} us CPU an item; labels imported at {items / imported.TotalSeconds:N0}/s; peak memory {process.PeakWorkingSet64 / 1_000_000} MB";
    }

    // The least a store could do: the same rows joined with the same labels into a table of the same columns, without rendering or checks.
    private static TimeSpan Raw(string csv, int items)
    {
        var file = Path.Combine(Path.GetDirectoryName(csv)!, "raw.duckdb");
        using var connection = new DuckDBConnection($"DataSource={file}");
        connection.Open();
        Execute(connection, "CREATE TABLE labels (item_ref VARCHAR, label_data VARCHAR)");
        Execute(connection, $$"""INSERT INTO labels SELECT printf('INS-%08d', range), '{"defect":"residue","severity":"minor"}' FROM range({{items}})""");
        Execute(connection, "CREATE TABLE pairs (id UUID, item_ref VARCHAR, sequence_number BIGINT, messages VARCHAR, status VARCHAR, created_at TIMESTAMPTZ)");
        var started = Stopwatch.GetTimestamp();
        Execute(connection, $"""
            INSERT INTO pairs
            SELECT uuid(), s.inspection_id, row_number() OVER (ORDER BY s.inspection_id) - 1,
                   to_json([s.line, s.score::VARCHAR, s.notes, l.label_data])::VARCHAR, 'labeled', now()
            FROM read_csv('{csv}') s JOIN labels l ON l.item_ref = s.inspection_id
            """);
        return Stopwatch.GetElapsedTime(started);
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
