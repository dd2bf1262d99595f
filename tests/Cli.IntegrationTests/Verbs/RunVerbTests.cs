using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Cli.IntegrationTests.Hosting;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Cli.IntegrationTests.Verbs;

public sealed class RunVerbTests
{
    private InMemoryHost _host = null!;

    [SetUp]
    public void SetUp() => _host = new InMemoryHost();

    [TearDown]
    public void TearDown() => _host.Dispose();

    [Test]
    public async Task Run_WhenTheSheetFailed_CompletesItWithoutAskingAgainForWhatIsDone()
    {
        var refuses = true;
        _host.Model.Throws(() => new UpstreamException("foundation_model_failed", "It went away."), prompt => refuses && prompt.Question.Text.Contains("note 4", StringComparison.Ordinal));
        await _host.RunAsync("generate", "--sheet", "inspections", "--template", "triage");
        var failed = await OnlySheetAsync();
        refuses = false;
        var calls = _host.Model.Calls;

        var run = await _host.RunAsync("run", "--training-sheet-id", failed.Id.Value, "--json");

        var sheet = await OnlySheetAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failed.Status, Is.EqualTo(TrainingSheetStatus.Failed));
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(run.Output, Does.StartWith($$"""{"id":"{{failed.Id}}","training_sheet_id":""").And.Contain("\"status\":\"review\""));
            Assert.That(_host.Model.Calls - calls, Is.EqualTo(4 - failed.Tally.Total));
            Assert.That(sheet.Tally.Total, Is.EqualTo(4));
        }
    }

    [Test]
    public async Task Run_WhenThereIsNoSuchSheet_ExitsWithTwo()
    {
        var run = await _host.RunAsync("run", "--training-sheet-id", "nowhere");

        Assert.That((run.ExitCode, run.Errors.Split(':')[0]), Is.EqualTo((2, "error training_sheet_not_found")));
    }

    [Test]
    public async Task Run_WhenNothingIsLeftToDo_ExitsWithTwo()
    {
        await _host.RunAsync("generate", "--sheet", "inspections", "--template", "triage");

        var run = await _host.RunAsync("run", "--training-sheet-id", (await OnlySheetAsync()).Id.Value);

        Assert.That((run.ExitCode, run.Errors.Split(':')[0]), Is.EqualTo((2, "error illegal_transition")));
    }

    private async Task<TrainingSheet> OnlySheetAsync() =>
        (await _host.TrainingSheets.ListAsync(new PageRequest(10), CancellationToken.None)).Items.Single();
}
