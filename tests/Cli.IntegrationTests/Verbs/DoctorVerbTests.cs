using System.Text.Json;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Cli.IntegrationTests.Hosting;

namespace Mirion.Generation.Cli.IntegrationTests.Verbs;

public sealed class DoctorVerbTests
{
    private static readonly WorkspaceCheck Fine = new("warehouse", Passed: true, "It runs.");
    private static readonly WorkspaceCheck Amiss = new("tables", Passed: false, "There are none.", "Run 'mirion-generate migrate'.");

    [Test]
    public async Task Doctor_WhenAllIsWell_SaysSoCheckByCheck()
    {
        using var host = new InMemoryHost();
        host.Workspace.Checks = [Fine, Fine with { Name = "job" }];

        var run = await host.RunAsync("doctor");

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.OutputLines, Is.EqualTo(new[] { "ok    warehouse: It runs.", "ok    job: It runs." }));
        Assert.That(run.Errors, Is.Empty);
    }

    [Test]
    public async Task Doctor_WhenSomethingIsAmiss_SaysWhatToDoAndLooksAtTheRest()
    {
        using var host = new InMemoryHost();
        host.Workspace.Checks = [Amiss, Fine];

        var run = await host.RunAsync("doctor");

        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(run.OutputLines, Is.EqualTo(new[] { "FAIL  tables: There are none.", "Run 'mirion-generate migrate'.", "ok    warehouse: It runs." }));
    }

    [Test]
    public async Task Doctor_WhenAskedForJson_PrintsAnArray()
    {
        using var host = new InMemoryHost();
        host.Workspace.Checks = [Amiss, Fine];

        var run = await host.RunAsync("doctor", "--json");

        Assert.That(run.ExitCode, Is.EqualTo(3));
        using var json = JsonDocument.Parse(run.Output);
        Assert.That(json.RootElement.GetRawText(), Is.EqualTo(
            """[{"name":"tables","passed":false,"finding":"There are none.","remedy":"Run 'mirion-generate migrate'."},{"name":"warehouse","passed":true,"finding":"It runs.","remedy":null}]"""));
    }

    [Test]
    public async Task Doctor_WhenTheWorkspaceIsNotReady_PreparesNothing()
    {
        using var host = new InMemoryHost();
        host.Workspace.Failure = new UpstreamException("workspace_not_migrated", "Nothing there.");
        host.Workspace.Checks = [Amiss];

        var run = await host.RunAsync("doctor");

        Assert.That((run.ExitCode, host.Workspace.Preparations), Is.EqualTo((3, 0)));
        Assert.That(run.Output, Does.Contain("tables"));
    }
}
