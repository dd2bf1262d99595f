using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Databricks.Doctor;
using Mirion.Generation.Infrastructure.Databricks.Sql;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks;

/// <summary>A Databricks workspace, which others use too: its tables are changed by whoever asks for it, not by whoever comes first.</summary>
internal sealed class DatabricksWorkspace(SchemaUpgrades upgrades, IWarehouseApi warehouses, WorkspaceDoctor doctor, IOptions<DatabricksOptions> options) : IWorkspace
{
    private string Location => $"{options.Value.Catalog}.{options.Value.Schema}";

    public async Task<WorkspacePreparation> PrepareAsync(CancellationToken cancellationToken)
    {
        var found = await FindVersionAsync(cancellationToken);
        return found == upgrades.Latest
            ? new WorkspacePreparation(Location, found, found, SampleSeeded: false)
            : throw new UpstreamException(
                "workspace_not_migrated",
                $"{(found == 0 ? "There are no tables of this program" : $"The tables have version {found}, and not {upgrades.Latest},")} in {Location}: run 'mirion-generate migrate'.");
    }

    public async Task<WorkspacePreparation> MigrateAsync(CancellationToken cancellationToken)
    {
        try
        {
            var change = await upgrades.ApplyAsync(cancellationToken);
            return new WorkspacePreparation(Location, change.From, change.To, SampleSeeded: false);
        }
        catch (StatementFailedException e) when (IsAbsent(e))
        {
            throw new DatabricksException(
                $"There is no schema {Location}, or this program may not use it: make it, and grant USE CATALOG, USE SCHEMA and CREATE TABLE (Workspace:Databricks:Catalog and Schema).", inner: e);
        }
    }

    // Asking about the warehouse costs nothing; a statement would start it, and keep it running for every watcher that asks whether this program is well.
    public async Task PingAsync(CancellationToken cancellationToken)
    {
        var warehouse = await FindWarehouseAsync(cancellationToken);
        if (warehouse.State is "DELETING" or "DELETED") throw NoWarehouse($"The SQL warehouse '{warehouse.Name}' was deleted");
    }

    public IAsyncEnumerable<WorkspaceCheck> ExamineAsync(CancellationToken cancellationToken) => doctor.ExamineAsync(PrepareAsync, cancellationToken);

    private async Task<int> FindVersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await upgrades.FindVersionAsync(cancellationToken);
        }
        catch (StatementFailedException e) when (IsAbsent(e))
        {
            return 0;
        }
    }

    private async Task<WarehouseReply> FindWarehouseAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await warehouses.GetAsync(options.Value.WarehouseId!, cancellationToken);
        }
        catch (DatabricksException e) when (e.IsNotFound)
        {
            throw NoWarehouse("There is no such SQL warehouse, or this program may not use it", e);
        }
    }

    private static DatabricksException NoWarehouse(string what, Exception? inner = null) =>
        new($"{what}: check Workspace:Databricks:WarehouseId.", UpstreamFault.Unavailable, inner, DatabricksException.NoWarehouse);

    // The standard's states for a table and a schema that are not there.
    private static bool IsAbsent(StatementFailedException failure) =>
        failure.SqlState is "42P01" or "42704" || failure.Condition is "TABLE_OR_VIEW_NOT_FOUND" or "SCHEMA_NOT_FOUND" or "NO_SUCH_CATALOG_EXCEPTION" or "CATALOG_NOT_FOUND";
}
