using System.Diagnostics;
using System.Globalization;
using Mirion.Generation.FakeDatabricks;

namespace Mirion.Generation.Infrastructure.IntegrationTests.FakeDatabricks;

/// <summary>Runs that really start a program: here a shell, which says its process number and arguments.</summary>
public sealed class JobProcessTests
{
    [TestCase(0, "SUCCESS", "")]
    [TestCase(3, "RUN_EXECUTION_ERROR", "Workload failed, see run output for details")]
    public async Task Run_WhenItsProgramEnds_EndsAsItDid(int exitCode, string code, string message)
    {
        await using var workspace = await StartAsync($"echo to-out $*; echo to-err >&2; exit {exitCode}");
        using var api = new Wire(workspace, workspace.Token);
        var run = await RunNowAsync(api, workspace);
        await workspace.RunEndedAsync(run);

        var body = (await api.GetAsync($"/api/2.2/jobs/runs/get?run_id={run}")).Json;
        var output = (await api.GetAsync($"/api/2.2/jobs/runs/get-output?run_id={body.GetProperty("tasks")[0].GetProperty("run_id").GetInt64()}")).Json;
        Assert.Multiple(() =>
        {
            Assert.That(body.GetProperty("status").GetProperty("termination_details").GetProperty("code").GetString(), Is.EqualTo(code));
            Assert.That(body.GetProperty("state").GetProperty("state_message").GetString(), Is.EqualTo(message));
            Assert.That(output.GetProperty("logs").GetString(), Does.Contain("to-out run --training-sheet-id sheet-1\n").And.Contain("to-err\n"));
            Assert.That(output.TryGetProperty("error", out _), Is.EqualTo(exitCode != 0));
        });
    }

    [Test]
    public async Task Run_OfAProgram_KnowsThisWorkspaceAndWhoItIs()
    {
        await using var workspace = await StartAsync("env", new Dictionary<string, string> { ["EXTRA"] = "more" });
        using var api = new Wire(workspace, workspace.Token);
        var run = await RunNowAsync(api, workspace);
        await workspace.RunEndedAsync(run);
        Assert.That(workspace.OutputOf(run).Split('\n'), Is.SupersetOf(new[]
        {
            $"DATABRICKS_HOST={workspace.Host}", $"DATABRICKS_WAREHOUSE_ID={workspace.WarehouseId}", $"DATABRICKS_CLIENT_ID={workspace.ClientId}",
            $"DATABRICKS_CLIENT_SECRET={workspace.ClientSecret}", "Workspace__Provider=Databricks", "Workspace__Databricks__StagingVolume=/Volumes/main/mirion/staging", "EXTRA=more",
        }));
    }

    [Test]
    public async Task Run_WithATokenOfItsOwn_HasNoSecretBesides()
    {
        await using var workspace = await StartAsync("env", new Dictionary<string, string> { ["DATABRICKS_TOKEN"] = "mine" });
        using var api = new Wire(workspace, workspace.Token);
        var run = await RunNowAsync(api, workspace);
        await workspace.RunEndedAsync(run);
        Assert.That(workspace.OutputOf(run), Does.Contain("DATABRICKS_TOKEN=mine").And.Not.Contain("DATABRICKS_CLIENT"));
    }

    [Test]
    public async Task Cancel_OfAProgram_LetsItEndByItself()
    {
        await using var workspace = await StartAsync("trap 'kill $!; echo leaving; exit 7' TERM; echo pid $$; sleep 1000 & wait");
        using var api = new Wire(workspace, workspace.Token);
        var run = await RunNowAsync(api, workspace);
        var process = await ProcessOfAsync(workspace, run);

        await api.PostAsync("/api/2.2/jobs/runs/cancel", $$"""{"run_id":{{run}}}""");
        await workspace.RunEndedAsync(run);

        Assert.That(workspace.OutputOf(run), Does.Contain("leaving"));
        Assert.That(await CodeAsync(api, run), Is.EqualTo("USER_CANCELED"));
        Assert.That(IsAlive(process), Is.False);
    }

    [Test]
    public async Task Cancel_OfAProgramThatDoesNotCare_KillsItAfterAWhile()
    {
        await using var workspace = await StartAsync("trap '' TERM; echo pid $$; exec sleep 1000", grace: TimeSpan.FromMilliseconds(100));
        using var api = new Wire(workspace, workspace.Token);
        var run = await RunNowAsync(api, workspace);
        var process = await ProcessOfAsync(workspace, run);
        await api.PostAsync("/api/2.2/jobs/runs/cancel", $$"""{"run_id":{{run}}}""");
        await workspace.RunEndedAsync(run);
        Assert.That((await CodeAsync(api, run), IsAlive(process)), Is.EqualTo(("USER_CANCELED", false)));
    }

    [Test]
    public async Task KillRun_OfAProgram_EndsWithAnInternalError()
    {
        await using var workspace = await StartAsync("echo pid $$; exec sleep 1000");
        using var api = new Wire(workspace, workspace.Token);
        var run = await RunNowAsync(api, workspace);
        var process = await ProcessOfAsync(workspace, run);
        workspace.KillRun(run);
        await workspace.RunEndedAsync(run);
        Assert.That((await CodeAsync(api, run), IsAlive(process)), Is.EqualTo(("INTERNAL_ERROR", false)));
    }

    [Test]
    public async Task Dispose_WhenProgramsRun_LeavesNoneBehind()
    {
        var workspace = await StartAsync("trap '' TERM; echo pid $$; exec sleep 1000");
        using var api = new Wire(workspace, workspace.Token);
        var process = await ProcessOfAsync(workspace, await RunNowAsync(api, workspace));
        await workspace.DisposeAsync();
        Assert.That(IsAlive(process), Is.False);
    }

    [Test]
    public async Task Run_OfAProgramThatIsNotThere_NeverStarts()
    {
        await using var workspace = await FakeDatabricksWorkspace.StartAsync(new FakeDatabricksOptions { JobCommand = ["/no/such/program"] });
        using var api = new Wire(workspace, workspace.Token);
        var run = await RunNowAsync(api, workspace);
        await workspace.RunEndedAsync(run);
        Assert.That(await CodeAsync(api, run), Is.EqualTo("DRIVER_ERROR"));
    }

    private static Task<FakeDatabricksWorkspace> StartAsync(string script, IReadOnlyDictionary<string, string>? environment = null, TimeSpan? grace = null) =>
        FakeDatabricksWorkspace.StartAsync(new FakeDatabricksOptions
        {
            JobCommand = ["bash", "-c", script, "job"],
            JobEnvironment = environment ?? new Dictionary<string, string>(),
            CancelGrace = grace ?? TimeSpan.FromSeconds(20),
        });

    private static async Task<long> RunNowAsync(Wire api, FakeDatabricksWorkspace workspace) =>
        (await api.PostAsync("/api/2.2/jobs/run-now", $$$"""{"job_id":{{{workspace.JobId}}},"job_parameters":{"training_sheet_id":"sheet-1"}}""")).Json.GetProperty("run_id").GetInt64();

    private static async Task<string?> CodeAsync(Wire api, long run) =>
        (await api.GetAsync($"/api/2.2/jobs/runs/get?run_id={run}")).Json.GetProperty("status").GetProperty("termination_details").GetProperty("code").GetString();

    private static async Task<int> ProcessOfAsync(FakeDatabricksWorkspace workspace, long run)
    {
        while (true)
        {
            if (workspace.OutputOf(run).Split('\n').FirstOrDefault(line => line.StartsWith("pid ", StringComparison.Ordinal)) is { } line)
                return int.Parse(line[4..], CultureInfo.InvariantCulture);
            await Task.Yield();
        }
    }

    private static bool IsAlive(int process) => Process.GetProcesses().Any(other => other.Id == process);
}
