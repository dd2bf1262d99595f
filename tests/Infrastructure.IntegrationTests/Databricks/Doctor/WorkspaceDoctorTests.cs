using Mirion.Generation.Application.Ports;
using Mirion.Generation.FakeDatabricks;
using Mirion.Generation.FakeDatabricks.Serving;
using Mirion.Generation.FakeDatabricks.Sql;
using Mirion.Generation.Infrastructure.IntegrationTests.Models;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Doctor;

[TestFixture]
public sealed class WorkspaceDoctorTests
{
    private static readonly string[] All = ["credentials", "warehouse", "staging_volume", "schema", "bulk_write", "values", "clean_up", "tables", "model", "job"];
    private FakeDatabricksWorkspace _workspace = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _workspace = await FakeDatabricksWorkspace.StartAsync(new FakeDatabricksOptions { WarehouseRunning = false });
        await _workspace.ExecuteAsync();
    }

    [TearDown]
    public async Task StopAsync() => await _workspace.DisposeAsync();

    [Test]
    public async Task ExamineAsync_WhenAllIsWell_SaysSoOfEverythingAndLeavesNothingBehind()
    {
        var checks = await ExamineAsync(migrated: true);

        Assert.That(checks.Select(check => check.Name), Is.EqualTo(All));
        Assert.That(checks.Where(check => !check.Passed), Is.Empty);
        Assert.That(checks.Select(check => check.Remedy), Is.All.Null);
        Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(_workspace.Folder, _workspace.StagingVolume[1..])), Is.Empty);
        Assert.That(_workspace.Statements.Count(statement => statement.Text.StartsWith("DROP TABLE", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(checks[0].Finding, Does.Contain("service-principal").And.Contain("id and secret"));
    }

    [Test]
    public async Task ExamineAsync_WhenTheCredentialsAreWrong_LooksAtEverythingAllTheSameAndShowsNone()
    {
        var checks = await ExamineAsync(migrated: false, ("Workspace:Databricks:ClientSecret", "dose-SECRET"));

        Assert.That(checks.Select(check => check.Name), Is.EqualTo(All));
        Assert.That(checks.Where(check => check.Passed).Select(check => check.Name), Is.EqualTo(new[] { "clean_up" }));
        Assert.That(checks[0].Remedy, Does.Contain("ClientSecret"));
        Assert.That(string.Join('\n', checks), Does.Not.Contain("dose-SECRET"));
    }

    [TestCase("/api/2.0/preview", "credentials")]
    [TestCase("/api/2.0/sql/warehouses", "warehouse")]
    [TestCase("/api/2.0/sql/statements", "warehouse", "schema", "bulk_write", "values", "tables")]
    [TestCase("/api/2.0/fs", "staging_volume", "bulk_write", "values")]
    [TestCase("/api/2.0/serving-endpoints", "model")]
    [TestCase("/api/2.2/jobs", "job")]
    public async Task ExamineAsync_WhenSomethingIsDenied_FindsThatAndWhatHangsOnIt(string path, params string[] amiss)
    {
        await MigrateAsync();
        _workspace.Deny("service-principal", path);

        var checks = await ExamineAsync(migrated: false);

        Assert.That(checks.Where(check => !check.Passed).Select(check => check.Name), Is.EqualTo(amiss));
        Assert.That(checks.Where(check => !check.Passed).Select(check => check.Remedy), Is.All.Not.Null);
    }

    [Test]
    public async Task ExamineAsync_WhenThereAreNoTables_SaysHowToMakeThem()
    {
        var checks = await ExamineAsync(migrated: false);

        var amiss = checks.Single(check => !check.Passed);
        Assert.That(amiss.Name, Is.EqualTo("tables"));
        Assert.That(amiss.Remedy, Does.Contain("mirion-generate migrate"));
        Assert.That(Of("warehouse", checks).Finding, Does.Contain("STOPPED"), "it was started for this");
    }

    [TestCase("MERGE", "bulk_write", "values")]
    [TestCase("DROP", "clean_up")]
    public async Task ExamineAsync_WhenAStatementFails_FindsThatAndGoesOn(string statement, params string[] amiss)
    {
        await MigrateAsync();
        _workspace.FailStatements(new StatementFault { Message = "[INTERNAL_ERROR] data-SECRET" }, times: 9, text => text.StartsWith(statement, StringComparison.Ordinal));

        var checks = await ExamineAsync(migrated: false);

        Assert.That(checks.Where(check => !check.Passed).Select(check => check.Name), Is.EqualTo(amiss));
        Assert.That(string.Join('\n', checks), Does.Not.Contain("SECRET"));
    }

    [Test]
    public async Task ExamineAsync_WhenNoModelIsReady_SaysSo()
    {
        _workspace.Serving.Endpoint(FakeServing.Model, ready: false);

        Assert.That(Of("model", await ExamineAsync(migrated: false)).Passed, Is.False);
    }

    [TestCase(null, "No job is set")]
    [TestCase("77", "/api/2.2/jobs/get")]
    public async Task ExamineAsync_WhenThereIsNoJob_SaysHowToMakeOne(string? id, string finding)
    {
        var job = Of("job", await ExamineAsync(migrated: false, ("Workspace:Databricks:JobId", id)));

        Assert.That(job.Finding, Does.Contain(finding));
        Assert.That(job.Remedy, Does.Contain("build/databricks").And.Contain("Workspace:Databricks:JobId"));
    }

    [Test]
    public async Task ExamineAsync_WhenAnAnswerIsNotUnderstood_SaysThatMuch()
    {
        await using var scripted = await ScriptedWorkspace.StartAsync();
        scripted.Always(ScriptedWorkspace.Json(200, "data-SECRET"));
        await using var host = DatabricksHost.At(scripted.Host, new SkippingClock(TimeSpan.FromMinutes(2)), ("Workspace:Databricks:Token", "dapi-SECRET"));

        var checks = await host.Get<IWorkspace>().ExamineAsync(CancellationToken.None).ToListAsync();

        Assert.That(checks.Select(check => check.Name), Is.EqualTo(All));
        Assert.That(string.Join('\n', checks), Does.Contain("not understood").And.Not.Contain("SECRET"));
    }

    private static WorkspaceCheck Of(string name, IEnumerable<WorkspaceCheck> checks) => checks.Single(check => check.Name == name);

    private async Task MigrateAsync()
    {
        await using var host = DatabricksHost.For(_workspace);
        await host.Get<IWorkspace>().MigrateAsync(CancellationToken.None);
    }

    private async Task<IReadOnlyList<WorkspaceCheck>> ExamineAsync(bool migrated, params (string Key, string? Value)[] settings)
    {
        if (migrated) await MigrateAsync();
        await using var host = DatabricksHost.For(_workspace, clock: null, settings);
        return await host.Get<IWorkspace>().ExamineAsync(CancellationToken.None).ToListAsync();
    }
}
