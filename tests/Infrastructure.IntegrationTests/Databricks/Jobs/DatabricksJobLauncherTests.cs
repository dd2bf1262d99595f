using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.FakeDatabricks;
using Mirion.Generation.Infrastructure.Databricks;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Jobs;

[TestFixture]
public sealed class DatabricksJobLauncherTests
{
    private static readonly TrainingSheetId Id = new("0198c7a2-sheet");
    private FakeDatabricksWorkspace _workspace = null!;
    private DatabricksHost _host = null!;

    private IJobLauncher Launcher => _host.Get<IJobLauncher>();

    [SetUp]
    public async Task StartAsync()
    {
        _workspace = await FakeDatabricksWorkspace.StartAsync();
        _host = DatabricksHost.For(_workspace);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _workspace.DisposeAsync();
    }

    [Test]
    public async Task LaunchAsync_WhenAskedTwice_StartsOneRun()
    {
        var first = await LaunchAsync();
        var second = await LaunchAsync();

        Assert.That(second, Is.EqualTo(first));
        Assert.That(_workspace.RunIds.Select(run => $"{run}"), Is.EqualTo(new[] { first }));
    }

    [Test]
    public async Task LaunchAsync_WhenItGoesOnFromARun_StartsAnother()
    {
        var first = await LaunchAsync();

        string[] second = [await LaunchAsync(after: first), await LaunchAsync(after: first)];
        var third = await LaunchAsync(after: second[0]);

        Assert.That(second[0], Is.EqualTo(second[1]));
        Assert.That(_workspace.RunIds.Select(run => $"{run}"), Is.EqualTo(new[] { first, second[0], third }));
    }

    [Test]
    public async Task LaunchAsync_WhenIdsAreLongerThanATokenMayBe_TellsThemApart()
    {
        var end = new string('x', 100);

        string[] runs = [await LaunchAsync($"a-{end}"), await LaunchAsync($"b-{end}"), await LaunchAsync($"a-{end}")];

        Assert.That((runs[0] == runs[1], runs[0] == runs[2]), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task LaunchAsync_WhenNoJobIsSet_NamesTheSetting()
    {
        await using var host = DatabricksHost.For(_workspace, clock: null, ("Workspace:Databricks:JobId", null));

        Assert.That(
            async () => await host.Get<IJobLauncher>().LaunchAsync(Id, null, CancellationToken.None),
            Throws.TypeOf<DatabricksException>().With.Message.Contains("Workspace:Databricks:JobId"));
        Assert.That(_workspace.RunIds, Is.Empty);
    }

    [Test]
    public async Task LaunchAsync_WhenThereIsNoSuchJob_NamesTheSettingAndTheJob()
    {
        await using var host = DatabricksHost.For(_workspace, clock: null, ("Workspace:Databricks:JobId", "77"));

        Assert.That(
            async () => await host.Get<IJobLauncher>().LaunchAsync(Id, null, CancellationToken.None),
            Throws.TypeOf<DatabricksException>().With.Message.Contains("no job 77").And.Message.Contains("Workspace:Databricks:JobId"));
    }

    [Test]
    public void LaunchAsync_WhenTheCredentialsMayNotRunIt_SaysWhatTheyLack()
    {
        _workspace.Deny("service-principal", "/api/2.2/jobs");

        Assert.That(async () => await LaunchAsync(), Throws.TypeOf<DatabricksException>().With.Message.Contains("CAN MANAGE RUN"));
    }

    [Test]
    public async Task FindAsync_WhileARunGoesOn_IsActiveWithItsPage()
    {
        var run = await FindAsync(await LaunchAsync());

        Assert.That((run!.State, run.Reason), Is.EqualTo((JobRunState.Active, (string?)null)));
        Assert.That(run.Page!.AbsoluteUri, Does.StartWith("http"));
    }

    [TestCase("SUCCESS", JobRunState.Succeeded)]
    [TestCase("USER_CANCELED", JobRunState.Cancelled)]
    [TestCase("CANCELED", JobRunState.Cancelled)]
    [TestCase("RUN_EXECUTION_ERROR", JobRunState.Failed)]
    [TestCase("SOMETHING_NEW", JobRunState.Failed)]
    public async Task FindAsync_WhenARunHasEnded_SaysHowAndWhy(string code, JobRunState expected)
    {
        var id = await LaunchAsync();
        _workspace.FinishRun(long.Parse(id), code);
        await _workspace.RunEndedAsync(long.Parse(id));

        var run = await FindAsync(id);

        Assert.That((run!.State, run.Reason), Is.EqualTo((expected, code)));
    }

    [Test]
    public async Task FindAsync_WhenARunWasKilled_HasFailed()
    {
        var id = await LaunchAsync();
        _workspace.KillRun(long.Parse(id));
        await _workspace.RunEndedAsync(long.Parse(id));

        var run = await FindAsync(id);

        Assert.That((run!.State, run.Reason), Is.EqualTo((JobRunState.Failed, "INTERNAL_ERROR")));
    }

    [Test]
    public async Task FindAsync_WhenARunNeverStarted_HasFailed()
    {
        _workspace.FailNextRun("CLUSTER_ERROR");
        var id = await LaunchAsync();
        await _workspace.RunEndedAsync(long.Parse(id));

        var run = await FindAsync(id);

        Assert.That((run!.State, run.Reason), Is.EqualTo((JobRunState.Failed, "CLUSTER_ERROR")));
    }

    [TestCase("12345")]
    [TestCase("local-0198c7a2")]
    [TestCase("")]
    public async Task FindAsync_WhenNobodyKnowsTheRun_FindsNone(string id) => Assert.That(await FindAsync(id), Is.Null);

    [Test]
    public async Task CancelAsync_WhenARunGoesOn_EndsItAsCancelled()
    {
        var id = await LaunchAsync();

        await Launcher.CancelAsync(id, CancellationToken.None);

        // Cancelling takes its time; a run is looked at until it is over.
        while ((await FindAsync(id))!.State is JobRunState.Active) await Task.Yield();
        Assert.That((await FindAsync(id))!.State, Is.EqualTo(JobRunState.Cancelled));
    }

    [Test]
    public async Task CancelAsync_WhenARunHasEnded_LeavesItAsItIs()
    {
        var id = await LaunchAsync();
        _workspace.FinishRun(long.Parse(id));
        await _workspace.RunEndedAsync(long.Parse(id));

        await Launcher.CancelAsync(id, CancellationToken.None);

        Assert.That((await FindAsync(id))!.State, Is.EqualTo(JobRunState.Succeeded));
    }

    [TestCase("12345")]
    [TestCase("local-0198c7a2")]
    public void CancelAsync_WhenNobodyKnowsTheRun_HasNothingToDo(string id) =>
        Assert.That(async () => await Launcher.CancelAsync(id, CancellationToken.None), Throws.Nothing);

    private Task<string> LaunchAsync(string? id = null, string? after = null) => Launcher.LaunchAsync(id is null ? Id : new TrainingSheetId(id), after, CancellationToken.None);

    private Task<JobRun?> FindAsync(string id) => Launcher.FindAsync(id, CancellationToken.None);
}
