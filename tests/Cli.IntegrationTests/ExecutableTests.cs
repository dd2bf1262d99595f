using Microsoft.Extensions.Configuration;
using Mirion.Generation.Application.TrainingSheets;
using Mirion.Generation.Cli.IntegrationTests.Hosting;
using Mirion.Generation.Cli.Output;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Infrastructure;
using Mirion.Generation.Testing.ModelServer;

namespace Mirion.Generation.Cli.IntegrationTests;

/// <summary>The program as a person starts it: real processes, the real workspace, real signals.</summary>
[Platform(Exclude = "Win", Reason = "POSIX signals")]
public sealed class ExecutableTests
{
    private static readonly string[] Generate = ["generate", "--sheet", "pcb-inspections", "--template", "pcb-defect-triage"];
    private string _folder = null!;

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("mirion-cli-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Generate_OnAFreshMachine_SeedsTheSampleAndMakesATrainingSheet()
    {
        var run = await CliProcess.RunAsync(_folder, Generate);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, run.Errors);
            Assert.That(run.ErrorLines[0], Does.Contain("sample"));
            Assert.That(run.ErrorLines[^1], Does.StartWith("60/60 · ").And.EndsWith(" · 15 labeled, 45 unlabeled, 0 flagged"));
            Assert.That(run.OutputLines[0], Does.Match("^Training sheet [0-9a-f-]{36}: review$"));
            Assert.That(run.Output, Does.Contain("repeats the most similar expert label"));
            Assert.That(run.Output, Does.Contain($"The pairs are in {Path.Combine(_folder, ".workspace", "generation.duckdb")}."));
        }
    }

    [TestCase("INT")]
    [TestCase("TERM")]
    public async Task Generate_WhenInterrupted_KeepsWhatIsDoneAndRunCompletesIt(string signal)
    {
        await using var server = await FakeModelServer.StartAsync();
        var never = new TaskCompletionSource();
        server.Always(call => call.Number <= 10 ? ChatReplies.Answer("{}") : ChatReplies.After(never.Task, ChatReplies.Answer("too late")));
        string[] settings = [$"--FoundationModel:BaseUrl={server.BaseUrl}", "--Generation:FlushSeconds=0.1"];

        using var process = CliProcess.Start(_folder, [.. Generate, "--model", "fake-model", .. settings]);
        await UntilAsync(() => process.Errors.Contains("\n25/60 ", StringComparison.Ordinal));
        await process.SignalAsync(signal);
        var interrupted = await process.EndAsync();
        var asked = server.CallCount;

        var id = interrupted.ErrorLines[^1].Split("--training-sheet-id ")[^1].Split(' ')[0];
        var kept = await FindAsync(id);
        server.Always(ChatReplies.Answer("{}"));
        var completed = await CliProcess.RunAsync(_folder, ["run", "--training-sheet-id", id, .. settings]);
        var whole = await FindAsync(id);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(interrupted.ExitCode, Is.EqualTo(130), interrupted.Errors);
            Assert.That(interrupted.ErrorLines[^1], Does.Contain($"mirion-generate run --training-sheet-id {id} {string.Join(' ', settings)}"));
            Assert.That((kept.Status, kept.State.StatusReason?.Code), Is.EqualTo((TrainingSheetStatus.Failed, "cancelled")));
            Assert.That(kept.Tally.Labeled, Is.EqualTo(15));
            Assert.That(kept.Tally.Unlabeled, Is.LessThanOrEqualTo(10), "the signal may come before an answer that was sent is read");
            Assert.That(server.CallCount, Is.EqualTo(asked + 45 - kept.Tally.Unlabeled), "what is kept is not asked again");
            Assert.That(completed.ExitCode, Is.Zero, completed.Errors);
            Assert.That((whole.Status, whole.Tally.Labeled, whole.Tally.Unlabeled, whole.Tally.Flagged), Is.EqualTo((TrainingSheetStatus.Review, 15, 45, 0)));
        }
    }

    [Test]
    public async Task Generate_WhenToldToEnd_KeepsTheAnswersOfTheCallsInFlightAndBeginsNone()
    {
        await using var server = await FakeModelServer.StartAsync();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Always(ChatReplies.After(gate.Task, ChatReplies.Answer("{}")));
        string[] settings = [$"--FoundationModel:BaseUrl={server.BaseUrl}", "--FoundationModel:MaxConcurrency=4"];
        using var process = CliProcess.Start(_folder, [.. Generate, "--model", "fake-model", .. settings]);
        await UntilAsync(() => server.CallCount > 0 && process.Errors.Contains("/60", StringComparison.Ordinal));

        await process.SignalAsync("TERM");
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        var begun = server.CallCount;
        gate.SetResult();
        var ended = await process.EndAsync();

        var kept = await FindAsync(ended.ErrorLines[^1].Split("--training-sheet-id ")[^1].Split(' ')[0]);
        Assert.That(ended.ExitCode, Is.EqualTo(130), ended.Errors);
        Assert.That((kept.Tally.Unlabeled, server.CallCount), Is.EqualTo(((long)begun, begun)));
    }

    [Test]
    public async Task Generate_WhenKilledBeforeAnythingIsCommitted_IsCompletedWithoutAskingAgainWhatWasAnswered()
    {
        await using var server = await FakeModelServer.StartAsync();
        var never = new TaskCompletionSource();
        server.Always(call => call.Number <= 30 ? ChatReplies.Answer("{}") : ChatReplies.After(never.Task, ChatReplies.Answer("too late")));
        string[] settings = [$"--FoundationModel:BaseUrl={server.BaseUrl}", "--Generation:FlushSeconds=60"];
        using (var process = CliProcess.Start(_folder, [.. Generate, "--model", "fake-model", .. settings]))
        {
            await UntilAsync(() => JournaledAnswers() == 30);
            await process.SignalAsync("KILL");
            await process.EndAsync();
        }

        var id = Path.GetFileName(Directory.GetDirectories(Path.Combine(_folder, ".workspace", ".journal")).Single());
        var inFlight = server.CallCount - 30;
        server.Always(ChatReplies.Answer("{}"));
        var completed = await CliProcess.RunAsync(_folder, ["run", "--training-sheet-id", id, .. settings]);
        var whole = await FindAsync(id);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(completed.ExitCode, Is.Zero, completed.Errors);
            Assert.That((whole.Status, whole.Tally.Labeled, whole.Tally.Unlabeled, whole.Tally.Flagged), Is.EqualTo((TrainingSheetStatus.Review, 15, 45, 0)));
            Assert.That(server.CallCount, Is.EqualTo(45 + inFlight), "only what was in flight is asked again");
            Assert.That(whole.State.Statistics.ModelCalls, Is.EqualTo(45));
            Assert.That(Directory.GetDirectories(Path.Combine(_folder, ".workspace", ".journal")), Is.Empty);
        }
    }

    [Test]
    public async Task Generate_WhenAnotherProcessHasTheWorkspace_ExitsWithThree()
    {
        await using var server = await FakeModelServer.StartAsync();
        server.Always(ChatReplies.Silence());
        using var first = CliProcess.Start(_folder, [.. Generate, "--model", "fake-model", $"--FoundationModel:BaseUrl={server.BaseUrl}"]);
        await UntilAsync(() => server.Calls.Count > 0);

        var second = await CliProcess.RunAsync(_folder, Generate);
        await first.SignalAsync("INT");
        await first.EndAsync();

        Assert.That((second.ExitCode, second.Errors.Split(':')[0]), Is.EqualTo((3, "error workspace_in_use")));
    }

    [Test]
    public async Task Settings_WhenWrongInTheCurrentFolder_AreAllToldAndTheCommandLineBeatsThem()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "appsettings.json"), """{ "FoundationModel": { "BaseUrl": "ftp://nowhere", "MaxAttempts": 0 } }""");

        var wrong = await CliProcess.RunAsync(_folder, "migrate");
        var right = await CliProcess.RunAsync(_folder, "migrate", "--FoundationModel:MaxAttempts=1", "--FoundationModel:BaseUrl", "http://127.0.0.1:1/v1");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((wrong.ExitCode, right.ExitCode), Is.EqualTo((2, 0)));
            Assert.That(wrong.Errors, Does.Contain("FoundationModel:BaseUrl").And.Contain("FoundationModel:MaxAttempts").And.Not.Contain("   at "));
        }
    }

    [Test]
    public async Task Settings_WhenTheFileIsNoJson_ExitWithTwoAndNameIt()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "appsettings.json"), "{ \"Workspace\": ");

        var run = await CliProcess.RunAsync(_folder, "migrate");

        Assert.That((run.ExitCode, run.ErrorLines.Count, run.Errors.Contains(Path.Combine(_folder, "appsettings.json"), StringComparison.Ordinal)), Is.EqualTo((2, 1, true)), run.Errors);
    }

    private int JournaledAnswers()
    {
        var journal = Path.Combine(_folder, ".workspace", ".journal");
        return Directory.Exists(journal) ? Directory.EnumerateFiles(journal, "*", SearchOption.AllDirectories).Sum(file => File.ReadAllBytes(file).Count(b => b == '\n')) : 0;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!holds()) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, deadline.Token);
    }

    private async Task<TrainingSheet> FindAsync(string id)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Workspace:Local:Path", Path.Combine(_folder, ".workspace"))])
            .Build();
        await using var session = await WorkspaceSession.OpenAsync(
            configuration, (services, settings) => services.AddInfrastructure(settings), new CliOutput(TextWriter.Null, TextWriter.Null), (workspace, stop) => workspace.PrepareAsync(stop), CancellationToken.None);
        return (await session.SendAsync(new GetTrainingSheetQuery(new TrainingSheetId(id)), CancellationToken.None)).Value;
    }
}
