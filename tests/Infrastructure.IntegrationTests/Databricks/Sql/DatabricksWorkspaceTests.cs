using Mirion.Generation.Application.Ports;
using Mirion.Generation.FakeDatabricks;
using Mirion.Generation.Infrastructure.Databricks;
using Mirion.Generation.Infrastructure.IntegrationTests.Sql;
using Mirion.Generation.Infrastructure.Sql;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sql;

[TestFixture]
public sealed class DatabricksWorkspaceTests
{
    private FakeDatabricksWorkspace _fake = null!;
    private StoreHost _host = null!;

    private static int Latest => SchemaUpgrades.Steps[^1].Version;

    private IWorkspace Workspace => _host.Get<IWorkspace>();

    [SetUp]
    public async Task StartAsync()
    {
        _fake = await FakeDatabricksWorkspace.StartAsync();
        _host = new StoreHost(_fake);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _fake.DisposeAsync();
    }

    [Test]
    public void PrepareAsync_WhenNobodyHasMigrated_RefusesAndChangesNothing()
    {
        Assert.That(() => Workspace.PrepareAsync(CancellationToken.None), Throws.InstanceOf<UpstreamException>()
            .With.Property("Code").EqualTo("workspace_not_migrated").And.Message.Contains("mirion-generate migrate"));
        Assert.That(_fake.Statements.Select(statement => statement.Text), Has.All.StartsWith("SELECT"));
    }

    [Test]
    public async Task MigrateAsync_WhenThereAreNoTables_MakesThemAndOnceOnly()
    {
        var first = await Workspace.MigrateAsync(CancellationToken.None);
        var second = await Workspace.MigrateAsync(CancellationToken.None);
        var prepared = await Workspace.PrepareAsync(CancellationToken.None);

        Assert.That(first, Is.EqualTo(new WorkspacePreparation("main.mirion", 0, Latest, SampleSeeded: false)));
        Assert.That((second, prepared), Is.EqualTo((first with { FromVersion = Latest }, first with { FromVersion = Latest })));
        Assert.That(_fake.Statements[^1].Text, Does.StartWith("SELECT max(`version`)"));
    }

    [Test]
    public async Task MigrateAsync_WhenTheTablesAreOfTheFirstVersion_AddsWhatCameLaterAndKeepsWhatIsThere()
    {
        var sheet = TrainingSheetBuilder.Generating();
        await FirstVersion.MakeAsync(_host.Get<ISqlSession>(), sheet);
        Assert.That(() => Workspace.PrepareAsync(CancellationToken.None), Throws.InstanceOf<UpstreamException>().With.Property("Code").EqualTo("workspace_not_migrated"));

        var migrated = await Workspace.MigrateAsync(CancellationToken.None);

        Assert.That((migrated.FromVersion, migrated.ToVersion), Is.EqualTo((1, Latest)));
        await FirstVersion.AssertUpgradedAsync(_host.Get<ITrainingSheetRepository>(), sheet);
        await FirstVersion.AssertVersionsKeptAsync(_host.Get<IPromptTemplateRepository>());
    }

    [Test]
    public async Task MigrateAsync_WhenAnUpgradeWasBrokenOffHalfway_IsRepeated()
    {
        var sheet = TrainingSheetBuilder.Generating();
        await FirstVersion.MakeAsync(_host.Get<ISqlSession>(), sheet);
        await _host.Get<ISqlSession>().WriteAsync(
            async writer =>
            {
                await writer.AddColumnsAsync(TrainingSheetRows.Table, TrainingSheetRows.Lease);
                await writer.CreateAsync(TemplateVersionRows.First);
                return 0;
            },
            CancellationToken.None);

        Assert.That((await Workspace.MigrateAsync(CancellationToken.None)).ToVersion, Is.EqualTo(Latest));

        await FirstVersion.AssertUpgradedAsync(_host.Get<ITrainingSheetRepository>(), sheet);
        await FirstVersion.AssertVersionsKeptAsync(_host.Get<IPromptTemplateRepository>());
    }

    [Test]
    public async Task PrepareAsync_WhenTheTablesAreNewer_Refuses()
    {
        await Workspace.MigrateAsync(CancellationToken.None);
        await _host.Get<ISqlSession>().WriteAsync(
            writer => writer.ExecuteAsync(SqlStatement.Of($"UPDATE {new SqlName("main", "mirion", "schema_version")} SET version = {99}")), CancellationToken.None);

        Assert.That(() => Workspace.PrepareAsync(CancellationToken.None), Throws.InstanceOf<UpstreamException>().With.Property("Code").EqualTo("workspace_too_new"));
        Assert.That(() => Workspace.MigrateAsync(CancellationToken.None), Throws.InstanceOf<UpstreamException>().With.Property("Code").EqualTo("workspace_too_new"));
    }

    [Test]
    public async Task MigrateAsync_WhenThereIsNoSchema_SaysWhatToDo()
    {
        await using var host = new StoreHost(_fake, settings: ("Workspace:Databricks:Schema", "nowhere"));

        Assert.That(() => host.Get<IWorkspace>().MigrateAsync(CancellationToken.None), Throws.InstanceOf<DatabricksException>().With.Message.Contains("main.nowhere"));
    }

    [Test]
    public async Task PingAsync_Always_AsksWithoutAStatement()
    {
        await Workspace.PingAsync(CancellationToken.None);

        Assert.That(_fake.Statements, Is.Empty);
    }

    [Test]
    public async Task PingAsync_WhenThereIsNoSuchWarehouse_SaysSo()
    {
        await using var host = new StoreHost(_fake, settings: ("Workspace:Databricks:WarehouseId", "nothing"));

        Assert.That(() => host.Get<IWorkspace>().PingAsync(CancellationToken.None), Throws.InstanceOf<DatabricksException>().With.Property("Code").EqualTo("warehouse_unavailable"));
    }
}
