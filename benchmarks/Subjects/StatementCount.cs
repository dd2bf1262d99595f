using Mirion.Generation.Benchmarks.Bench;
using Mirion.Generation.Benchmarks.Workload;
using Mirion.Generation.FakeDatabricks;

namespace Mirion.Generation.Benchmarks.Subjects;

/// <summary>Counts the SQL statements of one generation over a Databricks workspace on loopback, every fifth item labelled; they are the figure of its own.</summary>
internal static class StatementCount
{
    private const int RowsAStatement = 5_000;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var items = new Inspections(arguments.Int("items", 1_000));
        await using var databricks = await FakeDatabricksWorkspace.StartAsync();
        databricks.Serving.Endpoint(Inspections.Model);
        await PlaceAsync(databricks, items);
        await using var workspace = await BenchWorkspace.MigrateAsync(
        [
            .. databricks.Variables.Select(variable => (variable.Key.Replace("__", ":", StringComparison.Ordinal), variable.Value)),
            ("DATABRICKS_TOKEN", databricks.Token),
        ]);
        await workspace.DefineAsync();
        await workspace.ImportAsync(PreparedFolder.Labels(Enumerable.Range(0, items.Count).Where(i => i % 5 == 0)));
        return await SubjectProcess.AnswerAsync(async () =>
        {
            var before = databricks.Statements.Count;
            var measured = await Measurement.OfAsync(async () => ((await workspace.GenerateAsync()).Tally.Total, 0));
            return measured with { Extra = databricks.Statements.Count - before };
        });
    }

    private static async Task PlaceAsync(FakeDatabricksWorkspace databricks, Inspections items)
    {
        var name = string.Join('.', BenchWorkspace.Table.Split('.').Select(part => $"`{part}`"));
        await databricks.ExecuteAsync($"CREATE TABLE {name} ({string.Join(", ", Inspections.Header.Split(',').Select(column => $"`{column}` STRING"))}) USING DELTA");
        foreach (var rows in Enumerable.Range(0, items.Count).Chunk(RowsAStatement))
        {
            await databricks.ExecuteAsync($"INSERT INTO {name} VALUES {string.Join(", ", rows.Select(i => $"('{items.Csv(i).Replace("\"", "", StringComparison.Ordinal).Split(',', 4).Aggregate((a, b) => $"{a}', '{b}")}')"))}");
        }
    }
}
