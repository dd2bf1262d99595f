using Mirion.Generation.Application.Ports;
using Mirion.Generation.FakeDatabricks;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sql;

/// <summary>A workspace with the product's tables, shared by the tests of a fixture, each of which finds them empty.</summary>
internal sealed class MigratedWorkspace
{
    public FakeDatabricksWorkspace Workspace { get; private set; } = null!;

    public StoreHost Host { get; private set; } = null!;

    public T Get<T>()
        where T : notnull => Host.Get<T>();

    public async Task StartAsync(TimeProvider? clock = null)
    {
        Workspace = await FakeDatabricksWorkspace.StartAsync();
        Host = new StoreHost(Workspace, clock);
        await Host.Get<IWorkspace>().MigrateAsync(CancellationToken.None);
    }

    public Task<long> ClearAsync() => Get<ISqlSession>().WriteAsync(
        async writer =>
        {
            var rows = 0L;
            foreach (var table in SchemaUpgrades.Tables) rows += await writer.ExecuteAsync(table.Delete(SqlStatement.Of($"TRUE")));
            return rows;
        },
        CancellationToken.None);

    public async Task StopAsync()
    {
        await Host.DisposeAsync();
        await Workspace.DisposeAsync();
    }
}
