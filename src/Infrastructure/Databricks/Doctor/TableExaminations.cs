using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Databricks.Sql;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Doctor;

/// <summary>
/// Whether tables can be made, written in bulk and read, tried with one of our own; what documentation leaves open shows there: how a MERGE counts, what comes back of JSON
/// and moments. And how the product's own tables stand.
/// </summary>
internal sealed class TableExaminations(ISqlSession session, Warehouse warehouse, DatabricksDialect dialect, IOptions<DatabricksOptions> options)
{
    private const string See = "See what is said of 'schema' above.";

    private string Location => $"{options.Value.Catalog}.{options.Value.Schema}";

    public IEnumerable<Examination> All(Func<CancellationToken, Task<WorkspacePreparation>> findTablesAsync)
    {
        var trial = new TrialTable();
        return
        [
            new("schema", $"Make the schema {Location}, and grant USE CATALOG, USE SCHEMA and CREATE TABLE on it; the last is needed for 'mirion-generate migrate' alone.", stop => MakeAsync(trial, stop)),
            new("bulk_write", "Grant READ VOLUME on the staging volume and MODIFY on the schema; if rows were miscounted, please report this.", stop => PutAsync(trial, stop)),
            new("values", "Please report this: the product counts on it.", stop => ReadAsync(trial, stop)),
            new("clean_up", $"Drop the table {Location}.{trial.Definition.Name} by hand.", stop => DropAsync(trial, stop)),
            new("tables", $"Run 'mirion-generate migrate', and grant SELECT and MODIFY on the schema {Location}.", stop => FindAsync(findTablesAsync, stop)),
        ];
    }

    private async Task<Finding> MakeAsync(TrialTable trial, CancellationToken cancellationToken)
    {
        foreach (var statement in dialect.Create(trial.Definition)) await warehouse.ExecuteAsync(statement, repeatable: true, cancellationToken);
        trial.IsThere = true;
        return new Finding($"Tables can be made in {Location}.");
    }

    private async Task<Finding> PutAsync(TrialTable trial, CancellationToken cancellationToken)
    {
        if (!trial.IsThere) return new Finding("There is no table to try it with.", See);
        for (var i = 0; i < 2; i++)
        {
            await session.WriteAsync(
                async writer =>
                {
                    await writer.PutAsync(trial.Definition, TrialRow.Samples);
                    return true;
                },
                cancellationToken);
        }

        var table = trial.Definition;
        var count = (await session.QueryAsync(SqlStatement.Of($"SELECT count(*) AS count FROM {table}"), row => row.Number("count"), cancellationToken))[0];
        return count == TrialRow.Samples.Count
            ? new Finding("Rows go through the volume into a table, and those that are written twice are there once.")
            : new Finding($"Of {TrialRow.Samples.Count} rows that were written twice, {count} are there.", "Please report this: the product counts on it.");
    }

    private async Task<Finding> ReadAsync(TrialTable trial, CancellationToken cancellationToken)
    {
        if (!trial.IsThere) return new Finding("There is no table to try it with.", See);
        var table = trial.Definition;
        var all = SqlStatement.Of($"{table["id"]} IS NOT NULL");
        var found = (await session.QueryAsync(table.Select(all), TrialTable.Read, cancellationToken)).ToDictionary(row => row.Id);
        string[] changed = [.. TrialRow.Samples.SelectMany(row => found.TryGetValue(row.Id, out var read) ? row.DifferencesFrom(read) : ["a whole row"]).Distinct()];
        return changed.Length == 0
            ? new Finding("Values of every kind come back as they were written.")
            : new Finding($"What was written does not come back as it was: {string.Join(", ", changed)}.", "Please report this: the product counts on it.");
    }

    private async Task<Finding> DropAsync(TrialTable trial, CancellationToken cancellationToken)
    {
        if (!trial.IsThere) return new Finding("Nothing was left behind.");
        await warehouse.ExecuteAsync(SqlStatement.Of($"DROP TABLE IF EXISTS {trial.Definition}"), repeatable: true, cancellationToken);
        trial.IsThere = false;
        return new Finding("The table for these trials was dropped.");
    }

    private async Task<Finding> FindAsync(Func<CancellationToken, Task<WorkspacePreparation>> findTablesAsync, CancellationToken cancellationToken)
    {
        var found = await findTablesAsync(cancellationToken);
        // Deletes nothing, and is refused to whoever may not write.
        foreach (var table in SchemaUpgrades.Tables) await warehouse.ExecuteAsync(table.Delete(SqlStatement.Of($"1 = 0")), repeatable: true, cancellationToken);
        return new Finding($"The product's tables in {Location} have version {found.ToVersion} and can be written.");
    }
}
