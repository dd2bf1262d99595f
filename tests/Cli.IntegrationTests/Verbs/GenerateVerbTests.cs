using System.Text.Json;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Cli.IntegrationTests.Hosting;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Cli.IntegrationTests.Verbs;

public sealed class GenerateVerbTests
{
    private static readonly string[] Command = ["generate", "--sheet", "inspections", "--template", "triage"];
    private InMemoryHost _host = null!;

    [SetUp]
    public void SetUp() => _host = new InMemoryHost();

    [TearDown]
    public void TearDown() => _host.Dispose();

    [Test]
    public async Task Generate_WhenSomeItemsAreLabelled_TellsCountsWhereThePairsAreAndExitsWithZero()
    {
        await _host.Labels.UpsertAsync(LabelBuilder.Label("item-01"), CancellationToken.None);

        var run = await _host.RunAsync(Command);

        var sheet = await OnlySheetAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(run.OutputLines[0], Is.EqualTo($"Training sheet {sheet.Id}: review"));
            Assert.That(Figure(run, "labeled"), Is.EqualTo("1"));
            Assert.That(Figure(run, "unlabeled"), Is.EqualTo("3"));
            Assert.That(Figure(run, "flagged"), Is.EqualTo("0"));
            Assert.That(Figure(run, "model calls"), Is.EqualTo("3"));
            Assert.That(Figure(run, "tokens"), Is.EqualTo("45"));
            Assert.That(run.Output, Does.Contain("/work/generation.duckdb").And.Contain($"/training-sheets/{sheet.Id}/qa-pairs"));
            Assert.That(run.Output, Does.Not.Contain("nearest-label").And.Not.Contain("\u001b"));
        }
    }

    [Test]
    public async Task Generate_WhenStandardErrorIsNoTerminal_WritesPlainProgressThere()
    {
        var run = await _host.RunAsync(Command);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ErrorLines[0], Does.StartWith("0/4 "));
            Assert.That(run.ErrorLines[^1], Does.StartWith("4/4 · ").And.EndsWith(" · 0 labeled, 4 unlabeled, 0 flagged · 60 tokens"));
            Assert.That(run.Errors, Does.Not.Contain("\u001b"));
        }
    }

    [Test]
    public async Task Generate_WhenTheEmbeddedModelDrafted_SaysThatItIsABaseline()
    {
        _host.Model.Replies(question => new ModelReply { Model = "nearest-label", Answer = "scratch" });

        var run = await _host.RunAsync(Command);

        Assert.That(run.Output, Does.Contain("repeats the most similar expert label").And.Contain("FoundationModel:BaseUrl"));
    }

    [Test]
    public async Task Generate_WithJson_PrintsTheSheetAndNothingElse()
    {
        var run = await _host.RunAsync([.. Command, "--json", "--name", "first"]);

        using var sheet = JsonDocument.Parse(run.Output);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.OutputLines, Has.Count.EqualTo(1));
            Assert.That(sheet.RootElement.GetProperty("name").GetString(), Is.EqualTo("first"));
            Assert.That(sheet.RootElement.GetProperty("total_pairs").GetInt64(), Is.EqualTo(4));
        }
    }

    [Test]
    public async Task Generate_WithOptions_GeneratesAsAskedHereAndNow()
    {
        await _host.RunAsync([.. Command, "--limit", "2", "--model", "m", "--few-shot", "3", "--labeling-mode", "existing_column", "--response-column", "note", "--trust-existing"]);

        var config = (await OnlySheetAsync()).Recipe.Config;
        Assert.That(config, Is.EqualTo(new GenerationConfig
        {
            Limit = 2,
            Model = "m",
            FewShot = 3,
            LabelingMode = LabelingMode.ExistingColumn,
            ResponseColumn = "note",
            TrustExisting = true,
            Execution = ExecutionMode.Sync,
            ColumnMapping = config.ColumnMapping,
        }));
    }

    [Test]
    public async Task Generate_WhenTheSheetIsLarge_StillGeneratesHere()
    {
        using var large = new InMemoryHost(items: 150);

        var run = await large.RunAsync(Command);

        Assert.That((run.ExitCode, Figure(run, "unlabeled")), Is.EqualTo((0, "150")));
    }

    [Test]
    public async Task Generate_WhenItemsFail_ShowsTheFirstReasonAndHowToTryAgain()
    {
        _host.Model.Fails("content_filter", prompt => prompt.Question.Text.Contains("note 2", StringComparison.Ordinal));

        var run = await _host.RunAsync(Command);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(run.Output, Does.Contain("item-02: content_filter:"));
            Assert.That(run.OutputLines[^1], Is.EqualTo($"mirion-generate run --training-sheet-id {(await OnlySheetAsync()).Id}"));
        }
    }

    [Test]
    public async Task Generate_WhenTheEndpointRefuses_ExitsWithOneAndSaysWhyAndHowToResume()
    {
        _host.Model.Throws(() => new UpstreamException("foundation_model_failed", "The endpoint refused the credentials."), _ => true);

        var run = await _host.RunAsync([.. Command, "--Generation:PageSize=7"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Output, Does.Contain(": failed").And.Contain("foundation_model_failed: The endpoint refused the credentials."));
            Assert.That(run.OutputLines[^1], Is.EqualTo($"mirion-generate run --training-sheet-id {(await OnlySheetAsync()).Id} --Generation:PageSize=7"));
            Assert.That(run.Errors, Does.Not.Contain("   at "));
        }
    }

    [Test]
    public async Task Generate_WhenTheModelCheckFails_ExitsWithThree()
    {
        _host.Model.Refusal = new Error(ErrorKind.Upstream, "foundation_model_failed", "Nothing answers.");

        var run = await _host.RunAsync(Command);

        Assert.That((run.ExitCode, run.Errors.Trim(), run.Output), Is.EqualTo((3, "error foundation_model_failed: Nothing answers.", "")));
    }

    [TestCase("sheet_not_found", "generate", "--sheet", "other", "--template", "triage")]
    [TestCase("template_not_found", "generate", "--sheet", "inspections", "--template", "other")]
    [TestCase("validation_failed", "generate", "--sheet", "inspections", "--template", "triage", "--limit", "0")]
    public async Task Generate_WhenRefused_ExitsWithTwoAndTellsTheCode(string code, params string[] args)
    {
        var run = await _host.RunAsync(args);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Errors, Does.StartWith($"error {code}: "));
            Assert.That(run.Output, Is.Empty);
        }
    }

    [Test]
    public async Task Generate_WhenRefusedWithJson_TellsItAsOneLineOfJsonOnStandardError()
    {
        var run = await _host.RunAsync([.. Command, "--limit", "0", "--few-shot", "99", "--json"]);

        using var refusal = JsonDocument.Parse(run.Errors);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ErrorLines, Has.Count.EqualTo(1));
            Assert.That(refusal.RootElement.EnumerateObject().Select(member => member.Name), Is.EqualTo(["code", "detail", "errors"]));
            Assert.That(refusal.RootElement.GetProperty("errors").EnumerateObject().Select(field => field.Name), Is.EqualTo(["generation_config.few_shot", "generation_config.limit"]));
        }
    }

    [Test]
    public async Task Generate_WhenInterrupted_KeepsWhatIsDoneAndSaysHowToResume()
    {
        using var interruption = new CancellationTokenSource();
        _host.Model.Replies(async (question, ct) =>
        {
            if (!question.Prompt.Question.Text.Contains("note 4", StringComparison.Ordinal)) return FakeFoundationModel.Reply(question, "scratch");
            await interruption.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            throw new InvalidOperationException();
        });

        var run = await _host.RunAsync(interruption.Token, Command);

        var sheet = await OnlySheetAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(130));
            Assert.That(sheet.Status, Is.EqualTo(TrainingSheetStatus.Failed));
            Assert.That(run.ErrorLines[^1], Does.StartWith($"error cancelled: Stopped with {sheet.Tally.Total} of 4 pairs done").And.Contain($"mirion-generate run --training-sheet-id {sheet.Id}"));
            Assert.That(run.Output, Is.Empty);
        }
    }

    [Test]
    public async Task Generate_WhenInterruptedBeforeItBegan_SaysThatNothingIsDone()
    {
        using var interruption = new CancellationTokenSource();
        await interruption.CancelAsync();

        var run = await _host.RunAsync(interruption.Token, Command);

        Assert.That((run.ExitCode, run.Errors.Trim()), Is.EqualTo((130, "error cancelled: Stopped. Nothing is done but what was printed.")));
    }

    [Test]
    public async Task Generate_WhenTheSampleWasSeeded_SaysSoOnceOnStandardError()
    {
        _host.Workspace.Preparation = new WorkspacePreparation("/work/generation.duckdb", 0, 1, SampleSeeded: true);

        var run = await _host.RunAsync(Command);

        Assert.That(run.ErrorLines.Count(line => line.Contains("sample", StringComparison.Ordinal) && line.Contains("/work/generation.duckdb", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    private static string? Figure(CliRun run, string what) => run.OutputLines
        .Select(line => line.Split('│', StringSplitOptions.TrimEntries))
        .Where(cells => cells.Length > 2 && cells[1] == what)
        .Select(cells => cells[2])
        .SingleOrDefault();

    private async Task<TrainingSheet> OnlySheetAsync() =>
        (await _host.TrainingSheets.ListAsync(new PageRequest(10), CancellationToken.None)).Items.Single();
}
