using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Application.UnitTests.Generation;

/// <summary>An answer matches the template's schema, or its pair is flagged: after the model was told once what is wrong.</summary>
public sealed class MatchingAnswersTests
{
    private const string Schema = """{"type":"object","properties":{"verdict":{"enum":["ok","defect"]}},"required":["verdict"]}""";
    private const string Good = """{"verdict":"ok"}""";
    private const string Bad = """{"verdict":"patient John Smith"}""";
    private const string Fault = "/verdict must be one of \"ok\", \"defect\" (enum)";

    private static readonly PromptTemplate Template = TemplateBuilder.Template(outputSchema: Schema);

    [Test]
    public async Task Generate_WhenTheFirstAnswerMatches_AsksOnceAndKeepsItCompact()
    {
        await using var bench = new Workbench(template: Template).WithItems(1);
        bench.Model.Answers(_ => "```json\n{ \"verdict\": \"ok\" }\n```");

        var sheet = (await bench.GenerateAsync()).Value;

        Assert.That((bench.Model.Calls, bench.PairOf("item-000").Conversation.Assistant), Is.EqualTo((1, Good)));
        Assert.That((sheet.State.Statistics.ModelCalls, sheet.State.Statistics.Retries), Is.EqualTo((1L, 0L)));
    }

    [Test]
    public async Task Generate_WhenTheFirstAnswerDoesNotMatch_TellsTheModelAndAsksOnceMore()
    {
        await using var bench = new Workbench(template: TemplateBuilder.Template(outputSchema: Schema, systemPrompt: "Be brief.", examples: [new TemplateExample("in", Good)])).WithItems(1);
        bench.Model.Answers(prompt => prompt.Wrong is null ? Bad : Good);

        var sheet = (await bench.GenerateAsync()).Value;

        var (first, second) = (bench.Model.Asked[0], bench.Model.Asked[1]);
        var pair = bench.PairOf("item-000");
        Assert.Multiple(() =>
        {
            Assert.That(bench.Model.Calls, Is.EqualTo(2));
            Assert.That(second.Settings, Is.EqualTo(first.Settings));
            Assert.That((second.Prompt.System, second.Prompt.Question), Is.EqualTo((first.Prompt.System, first.Prompt.Question)));
            Assert.That(second.Prompt.Examples, Is.EqualTo(first.Prompt.Examples).And.Count.EqualTo(1));
            Assert.That(second.Prompt.Wrong!.Answer, Is.EqualTo(Bad), "as the model wrote it");
            Assert.That(second.Prompt.Wrong.Correction, Does.Contain(Fault).And.Not.Contain("John"));
            Assert.That((pair.Status, pair.Conversation.Assistant), Is.EqualTo((QAPairStatus.Unlabeled, Good)));
            Assert.That((pair.Metadata.Attempts, pair.Metadata.PromptTokens, pair.Metadata.CompletionTokens), Is.EqualTo((2, (int?)20, (int?)10)));
            Assert.That(sheet.State.Statistics, Is.EqualTo(new GenerationStatistics { TotalItems = 1, ModelGenerated = 1, ModelCalls = 2, PromptTokens = 20, CompletionTokens = 10 }));
            Assert.That(bench.Journal.Items, Is.Empty);
        });
        await bench.AssertCountsEqualPairsAsync(sheet.Id);
    }

    [TestCase(Bad, "/verdict must be one of")]
    [TestCase("The verdict: John Smith", "it is no JSON")]
    public async Task Generate_WhenTheSecondAnswerDoesNotMatchEither_FlagsThePairWithThePlaceAndNoData(string answer, string told)
    {
        await using var bench = new Workbench(template: Template).WithItems(1);
        bench.Model.Answers(_ => answer);

        var sheet = (await bench.GenerateAsync()).Value;

        var pair = bench.PairOf("item-000");
        Assert.Multiple(() =>
        {
            Assert.That(bench.Model.Calls, Is.EqualTo(2));
            Assert.That((pair.Status, pair.Conversation.Assistant, pair.Metadata.Error?.Code), Is.EqualTo((QAPairStatus.Flagged, (string?)null, "schema_mismatch")));
            Assert.That(pair.Metadata.Error!.Message, Does.Contain(told).And.Not.Contain("John"));
            Assert.That((sheet.State.Statistics.ModelCalls, sheet.State.Statistics.FailedItems, sheet.State.Statistics.PromptTokens), Is.EqualTo((2L, 1L, 20L)));
            Assert.That(bench.Journal.Items, Is.Empty);
        });
        await bench.AssertCountsEqualPairsAsync(sheet.Id);
    }

    [Test]
    public async Task Generate_WhenTheSecondCallHasNoAnswer_FlagsThePairWithThatReasonAndCountsBoth()
    {
        await using var bench = new Workbench(template: Template).WithItems(1);
        bench.Model.Answers(_ => Bad).Fails("content_filter", prompt => prompt.Wrong is not null);

        var sheet = (await bench.GenerateAsync()).Value;

        Assert.That(bench.PairOf("item-000").Metadata.Error?.Code, Is.EqualTo("content_filter"));
        Assert.That((sheet.State.Statistics.ModelCalls, sheet.State.Statistics.PromptTokens), Is.EqualTo((2L, 10L)));
        Assert.That(bench.Journal.Items, Is.Empty, "the first answer is let go with the pair");
    }

    [Test]
    public async Task Generate_WhenTheSecondCallMustBeTriedAgain_CountsRetriesApartFromCalls()
    {
        await using var bench = new Workbench(template: Template, maxConcurrency: 1).WithItems(1);
        var attempts = 0;
        bench.Model.Attempts((question, _) => Task.FromResult(++attempts == 2
            ? ModelAttempt.TryAgain("HTTP 429") with { Status = 429, Sent = question.Settings }
            : ModelAttempt.Answered(FakeFoundationModel.Reply(question, question.Prompt.Wrong is null ? Bad : Good))));
        var running = bench.GenerateAsync();
        while (!running.IsCompleted)
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        var statistics = (await running).Value.State.Statistics;
        Assert.That((statistics.ModelCalls, statistics.Retries, bench.PairOf("item-000").Metadata.Attempts), Is.EqualTo((2L, 1L, 3)));
    }

    [Test]
    public async Task Generate_WhenTheModelCannotDoBetter_FlagsWithoutAskingAgain()
    {
        await using var bench = await new Workbench(template: Template, model: new FakeFoundationModel { HeedsCorrections = false }).WithItems(2).WithLabelsAsync([0]);
        bench.Model.Answers(_ => "label of item-000");

        var sheet = (await bench.GenerateAsync()).Value;

        Assert.That((bench.Model.Calls, bench.PairOf("item-001").Metadata.Error?.Code), Is.EqualTo((1, "schema_mismatch")));
        Assert.That((bench.PairOf("item-000").Status, bench.PairOf("item-000").Conversation.Assistant), Is.EqualTo((QAPairStatus.Labeled, "label of item-000")), "an expert's words are the answer");
        Assert.That(sheet.State.Statistics.ModelCalls, Is.EqualTo(1));
    }

    [Test]
    public async Task Generate_WhenItemsShareAQuestion_SharesTheAnswerThatMatches()
    {
        await using var bench = new Workbench(template: Template).WithItems(6, _ => "same");
        bench.Model.Answers(prompt => prompt.Wrong is null ? Bad : Good);

        var sheet = (await bench.GenerateAsync()).Value;

        Assert.That(bench.Model.Calls, Is.EqualTo(2));
        Assert.That(bench.Store.Pairs.Select(pair => pair.State.Conversation.Assistant), Is.All.EqualTo(Good));
        Assert.That(bench.Store.Pairs.Count(pair => pair.State.Metadata.SharedWith is not null), Is.EqualTo(5));
        Assert.That(sheet.State.Statistics.ModelCalls, Is.EqualTo(2));
    }

    [Test]
    public async Task Resume_WhenAPairIsFlaggedForItsSchema_AsksAnew()
    {
        await using var bench = new Workbench(template: Template).WithItems(2);
        bench.Model.Answers(_ => Bad);
        var flagged = (await bench.GenerateAsync()).Value;
        bench.Model.Answers(_ => Good);

        var done = (await bench.SendAsync(new Application.TrainingSheets.Resume.ResumeGenerationCommand(flagged.Id))).Value;

        Assert.That((bench.Model.Calls, done.Tally), Is.EqualTo((6, new PairTally(0, 2, 0, 0))));
        Assert.That(bench.Model.Asked.Skip(4).Select(asked => asked.Prompt.Wrong), Is.All.Null);
    }

    [Test]
    public async Task Run_WhenItsProcessDiedAfterTheAnswersCame_HoldsThemToTheSchemaWithoutACall()
    {
        await using var bench = new Workbench(template: Template).WithItems(3);
        bench.Model.Answers(prompt => prompt.Question.Text.EndsWith('2') || prompt.Wrong is null ? Bad : Good);
        bench.TrainingSheetsPort = new AnswerJournalTests.BrokenCommits(bench.Store);
        var failed = (await bench.GenerateAsync()).Value;
        Assert.That((failed.Tally.Total, bench.Journal.Items.Count), Is.EqualTo((0L, 3)), "the later of two answers is kept for each");

        await using var next = bench.Beside();
        var done = (await next.RunAsync(failed.Id)).Value;

        Assert.That((bench.Model.Calls, next.Model.Calls), Is.EqualTo((6, 0)));
        Assert.That((done.Tally, done.State.Statistics.ModelCalls), Is.EqualTo((new PairTally(0, 2, 0, 1), 6L)));
        Assert.That(next.PairOf("item-002").Metadata.Error?.Code, Is.EqualTo("schema_mismatch"));
        Assert.That(next.PairOf("item-001").Metadata.Attempts, Is.EqualTo(2));
        Assert.That(next.Journal.Items, Is.Empty);
    }

    [Test]
    public async Task Run_WhenItsProcessDiedBetweenTheTwoCalls_MakesTheSecondOne()
    {
        await using var bench = new Workbench(template: Template).WithItems(1);
        bench.Model.Answers(_ => Bad).Throws(() => new UpstreamException("foundation_model_failed", "The key is gone."), prompt => prompt.Wrong is not null);
        var failed = (await bench.GenerateAsync()).Value;
        Assert.That((failed.Status, bench.Journal.Items.Count), Is.EqualTo((TrainingSheetStatus.Failed, 1)));

        await using var next = bench.Beside();
        next.Model.Answers(_ => Good);
        await next.SendAsync(new Application.TrainingSheets.Resume.ResumeGenerationCommand(failed.Id));

        Assert.That(next.Model.Asked.Single().Prompt.Wrong?.Answer, Is.EqualTo(Bad));
        Assert.That((next.PairOf("item-000").Conversation.Assistant, next.PairOf("item-000").Metadata.Attempts), Is.EqualTo((Good, 2)));
        Assert.That(next.Journal.Items, Is.Empty);
    }

    [TestCase(false, QAPairStatus.Unlabeled)]
    [TestCase(true, QAPairStatus.Labeled)]
    public async Task Generate_WhenAnswersStandInAColumn_TakesThoseThatMatchAsTheyStand(bool trusted, QAPairStatus expected)
    {
        const string AsWritten = """{ "verdict": "defect" }""";
        await using var bench = new Workbench(template: Template)
            .WithRow("a", ("note", "x"), ("verdict", AsWritten))
            .WithRow("b", ("note", "y"), ("verdict", Bad))
            .WithRow("c", ("note", "z"), ("verdict", $"```json\n{Good}\n```"));

        await bench.GenerateAsync(new GenerationConfig { LabelingMode = LabelingMode.ExistingColumn, ResponseColumn = "verdict", TrustExisting = trusted });

        Assert.Multiple(() =>
        {
            Assert.That((bench.PairOf("a").Status, bench.PairOf("a").Conversation.Assistant), Is.EqualTo((expected, AsWritten)));
            Assert.That((bench.PairOf("b").Status, bench.PairOf("b").Metadata.Error?.Code), Is.EqualTo((QAPairStatus.Flagged, "schema_mismatch")));
            Assert.That(bench.PairOf("b").Metadata.Error!.Message, Does.Contain("'verdict'").And.Contain(Fault).And.Not.Contain("John"));
            Assert.That(bench.PairOf("c").Metadata.Error?.Code, Is.EqualTo("schema_mismatch"), "a fence is a model's habit");
        });
    }

    [Test]
    public async Task Generate_WhenTheStoredSchemaIsNone_IsRefusedBeforeACentIsSpent()
    {
        await using var bench = new Workbench(template: TemplateBuilder.Template(outputSchema: """{"type":"strng"}""")).WithItems(1);

        Assert.That((await bench.GenerateAsync()).Error?.Code, Is.EqualTo("output_schema_invalid"));
        Assert.That(bench.Model.Calls, Is.Zero);
    }
}
