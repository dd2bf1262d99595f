using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Application.UnitTests.Generation;

public sealed class GeneratedPairsTests
{
    private static readonly UsagePolicy Governed = new(
        Uses.Training | Uses.Validation, Uses.Evaluation, "customer agreement", DataClassification.Confidential);

    [Test]
    public async Task Generate_WhenSomeItemsAreLabelled_ReusesThoseAndAsksAboutTheRestOnly()
    {
        await using var bench = await new Workbench().WithItems(10).WithLabelsAsync([1, 4, 7], Governed);

        var sheet = (await bench.GenerateAsync()).Value;

        Assert.Multiple(() =>
        {
            Assert.That(sheet.Status, Is.EqualTo(TrainingSheetStatus.Review));
            Assert.That(sheet.Tally, Is.EqualTo(new PairTally(labeled: 3, unlabeled: 7, rejected: 0, flagged: 0)));
            Assert.That(bench.Model.Asked.Select(asked => asked.Prompt.Question.Text), Is.EquivalentTo(
                new[] { 0, 2, 3, 5, 6, 8, 9 }.Select(i => $"Which defect is it? note {i}")));
            Assert.That(sheet.State.Statistics, Is.EqualTo(new GenerationStatistics
            {
                TotalItems = 10, CanonicalReused = 3, ModelGenerated = 7, ModelCalls = 7, PromptTokens = 70, CompletionTokens = 35,
            }));
        });
        await bench.AssertCountsEqualPairsAsync(sheet.Id);
    }

    [Test]
    public async Task Generate_WhenAnItemIsLabelled_CopiesAnswerReviewAndGovernance()
    {
        await using var bench = await new Workbench().WithItems(1).WithLabelsAsync([0], Governed);

        await bench.GenerateAsync();

        var pair = bench.PairOf("item-000");
        Assert.Multiple(() =>
        {
            Assert.That(pair.Conversation.Assistant, Is.EqualTo("label of item-000"));
            Assert.That(pair.Status, Is.EqualTo(QAPairStatus.Labeled));
            Assert.That(pair.LabelingMode, Is.EqualTo(LabelingMode.Canonical));
            Assert.That(pair.CanonicalLabelId, Is.EqualTo(LabelBuilder.Key("item-000").ToId()));
            Assert.That(pair.Decision, Is.EqualTo(new PairDecision("dr.lee", Times.Start)));
            Assert.That(pair.Usage, Is.EqualTo(Governed));
            Assert.That(bench.Model.Calls, Is.Zero);
        });
    }

    [Test]
    public async Task Generate_WhenALabelIsAnObject_AnswersWithItsCompactJson()
    {
        await using var bench = new Workbench().WithItems(1);
        await bench.Labels.UpsertAsync(LabelBuilder.OfJson("""{ "défaut": "Kratzer 😀", "score": 1.50 }""", "item-000"), CancellationToken.None);

        await bench.GenerateAsync();

        Assert.That(bench.PairOf("item-000").Conversation.Assistant, Is.EqualTo("""{"défaut":"Kratzer 😀","score":1.50}"""));
    }

    [Test]
    public async Task Generate_WhenEveryItemIsLabelled_IsApprovedAndNeedsNoModel()
    {
        await using var bench = await new Workbench().WithItems(3).WithLabelsAsync([0, 1, 2]);
        bench.Model.Refusal = new(Domain.Common.ErrorKind.Upstream, "foundation_model_failed", "Nobody is there.");

        var sheet = (await bench.GenerateAsync()).Value;

        Assert.That((sheet.Status, bench.Model.Checks, bench.Model.Calls), Is.EqualTo((TrainingSheetStatus.Approved, 0, 0)));
    }

    [Test]
    public async Task Generate_WhenALabelIsOfAnotherTypeOrSheet_IsNotReused()
    {
        await using var bench = new Workbench().WithItems(1);
        await bench.Labels.UpsertAsync(LabelBuilder.Label("item-000", labelType: "entities"), CancellationToken.None);
        await bench.Labels.UpsertAsync(LabelBuilder.Label("item-000", sheet: "other"), CancellationToken.None);

        await bench.GenerateAsync();

        Assert.That(bench.PairOf("item-000").LabelingMode, Is.EqualTo(LabelingMode.AiGenerated));
    }

    [Test]
    public async Task Generate_WhenAModelAnswers_RecordsWhatWentOverTheWire()
    {
        await using var bench = new Workbench(template: TemplateBuilder.Template(
            model: "llama", temperature: 0.4, maxTokens: 99, systemPrompt: "Be brief.", version: 3)).WithItems(1);

        await bench.GenerateAsync(new GenerationConfig { Model = "qwen", Temperature = 0 });

        var pair = bench.PairOf("item-000");
        var asked = bench.Model.Asked.Single();
        Assert.Multiple(() =>
        {
            Assert.That(asked.Settings, Is.EqualTo(new Application.Ports.ModelSettings("qwen", 0, 99)));
            Assert.That(asked.Prompt.System, Is.EqualTo("Be brief."));
            Assert.That(pair.Conversation, Is.EqualTo(new Conversation(
                "Be brief.", MessageContent.Of("Which defect is it? note 0"), "answer to Which defect is it? note 0")));
            Assert.That(pair.Metadata with { PromptHash = null }, Is.EqualTo(new GenerationMetadata
            {
                TemplateVersion = 3, Model = "qwen", Temperature = 0, MaxTokens = 99, FinishReason = "stop", PromptTokens = 10,
                CompletionTokens = 5, LatencyMs = 0, Attempts = 1, FewShotRefs = pair.Metadata.FewShotRefs,
            }));
            Assert.That(pair.Metadata.PromptHash, Does.Match("^[0-9a-f]{64}$"));
            Assert.That((pair.Status, pair.Decision, pair.CanonicalLabelId), Is.EqualTo((QAPairStatus.Unlabeled, (PairDecision?)null, (CanonicalLabelId?)null)));
        });
    }

    [Test]
    public async Task Generate_WhenTheTemplateHasASchema_AsksByItAndRecordsWhetherItWasSent()
    {
        const string Schema = """{"type":"object"}""";
        await using var bench = new Workbench(template: TemplateBuilder.Template(outputSchema: Schema)).WithItems(2);
        bench.Model.Replies(question => FakeFoundationModel.Reply(question, "{}") with
        {
            Sent = question.Prompt.Question.Text.EndsWith('0') ? question.Settings : question.Settings with { OutputSchema = null },
        });

        await bench.GenerateAsync();

        Assert.That(bench.Model.Asked.Select(asked => asked.Settings.OutputSchema), Is.All.EqualTo(Schema));
        Assert.That(new[] { "item-000", "item-001" }.Select(item => bench.PairOf(item).Metadata.ResponseFormat), Is.EqualTo(new[] { "json_schema", null }));
    }

    [Test]
    public async Task Generate_WhenOnlyTheSchemaDiffers_GivesPromptsAnotherHash()
    {
        var hashes = new List<string?>();
        foreach (var schema in new[] { null, """{"type":"object"}""", """{"type":"object","required":[]}""" })
        {
            await using var bench = new Workbench(template: TemplateBuilder.Template(outputSchema: schema)).WithItems(1);
            await bench.GenerateAsync();
            hashes.Add(bench.PairOf("item-000").Metadata.PromptHash);
        }

        Assert.That(hashes, Is.Unique);
    }

    [Test]
    public async Task Generate_NumbersPairsInItemOrder_WhateverOrderAnswersComeIn()
    {
        await using var bench = new Workbench(maxConcurrency: 16);
        foreach (var id in new[] { "b", "a", "\U0001F600", "\uFFFD", "B" }) bench.WithRow(id, ("note", id));

        await bench.GenerateAsync();

        Assert.That(bench.Store.Pairs.Select(pair => (pair.State.SequenceNumber, pair.State.ItemRef.Value, pair.State.Conversation.User.Text)), Is.EqualTo(
            new[] { "B", "a", "b", "\uFFFD", "\U0001F600" }.Select((id, i) => ((long)i, id, $"Which defect is it? {id}"))));
    }

    [Test]
    public async Task Generate_WhenModeIsManual_LeavesAnswersToPeople()
    {
        await using var bench = await new Workbench().WithItems(2).WithLabelsAsync([0]);

        var sheet = (await bench.GenerateAsync(new GenerationConfig { LabelingMode = LabelingMode.Manual })).Value;

        var manual = bench.PairOf("item-001");
        Assert.Multiple(() =>
        {
            Assert.That(sheet.Tally, Is.EqualTo(new PairTally(1, 1, 0, 0)));
            Assert.That((manual.Status, manual.LabelingMode, manual.Conversation.Assistant), Is.EqualTo((QAPairStatus.Unlabeled, LabelingMode.Manual, (string?)null)));
            Assert.That((bench.Model.Calls, bench.Model.Checks), Is.EqualTo((0, 0)));
        });
    }

    [TestCase(false, QAPairStatus.Unlabeled)]
    [TestCase(true, QAPairStatus.Labeled)]
    public async Task Generate_WhenModeIsExistingColumn_TakesTheColumnsAnswer(bool trusted, QAPairStatus expected)
    {
        await using var bench = new Workbench()
            .WithRow("a", ("note", "x"), ("verdict", "scratch"))
            .WithRow("b", ("note", "y"), ("verdict", 1.50m))
            .WithRow("c", ("note", "z"), ("verdict", " "));

        var sheet = await bench.GenerateAsync(new GenerationConfig { LabelingMode = LabelingMode.ExistingColumn, ResponseColumn = "verdict", TrustExisting = trusted });

        Assert.That(sheet.IsSuccess && sheet.Value.State.StatusReason is null, sheet.Error?.Message ?? sheet.Value.State.StatusReason?.ToString());

        Assert.Multiple(() =>
        {
            Assert.That((bench.PairOf("a").Conversation.Assistant, bench.PairOf("a").Status), Is.EqualTo(("scratch", expected)));
            Assert.That(bench.PairOf("b").Conversation.Assistant, Is.EqualTo("1.50"));
            Assert.That((bench.PairOf("c").Status, bench.PairOf("c").Metadata.Error?.Code), Is.EqualTo((QAPairStatus.Flagged, "empty_response")));
            Assert.That(bench.PairOf("a").Decision, Is.EqualTo(trusted ? new PairDecision(Workbench.User, Times.Start) : null));
        });
    }

    [Test]
    public async Task Generate_WhenAnItemFails_FlagsItWithTheReasonAndKeepsTheOthers()
    {
        await using var bench = new Workbench().WithItems(5);
        bench.Model.Fails("content_filter", prompt => prompt.Question.Text.EndsWith('3'));

        var sheet = (await bench.GenerateAsync()).Value;

        var failed = bench.PairOf("item-003");
        Assert.Multiple(() =>
        {
            Assert.That(sheet.Tally, Is.EqualTo(new PairTally(0, 4, 0, 1)));
            Assert.That(sheet.State.Statistics.FailedItems, Is.EqualTo(1));
            Assert.That((failed.Status, failed.Conversation.Assistant, failed.Metadata.Error?.Code), Is.EqualTo((QAPairStatus.Flagged, (string?)null, "content_filter")));
        });
    }

    [Test]
    public async Task Generate_WhenEverythingTheTemplateRefersToIsBlank_FlagsInsteadOfSending()
    {
        await using var bench = new Workbench().WithItems(3, i => i switch { 0 => null, 1 => "  ", _ => "seen" });

        await bench.GenerateAsync();

        Assert.Multiple(() =>
        {
            Assert.That(bench.PairOf("item-000").Metadata.Error?.Code, Is.EqualTo("empty_prompt_data"));
            Assert.That(bench.PairOf("item-001").Metadata.Error?.Code, Is.EqualTo("empty_prompt_data"));
            Assert.That(bench.Model.Calls, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Generate_WhenABlankItemIsLabelled_ReusesItsLabel()
    {
        await using var bench = await new Workbench().WithItems(1, _ => null).WithLabelsAsync([0]);

        await bench.GenerateAsync();

        Assert.That(bench.PairOf("item-000").Status, Is.EqualTo(QAPairStatus.Labeled));
    }

    [Test]
    public async Task Generate_WhenAnItemsDataCannotBeRead_FlagsItWithThatReason()
    {
        await using var bench = new Workbench().WithItems(2);
        bench.Source.Damage("item-001");

        await bench.GenerateAsync();

        Assert.That(bench.PairOf("item-001").Metadata.Error?.Code, Is.EqualTo("content_unreadable"));
    }

    [Test]
    public async Task Generate_WhenThereIsNoLabelToInheritFrom_TakesTheSheetsDefaultUses()
    {
        await using var bench = new Workbench(SheetBuilder.Table(allowedUses: ["training"], prohibitedUses: ["testing"])).WithItems(1);

        await bench.GenerateAsync();

        Assert.That(bench.PairOf("item-000").Usage, Is.EqualTo(new UsagePolicy(Uses.Training, Uses.Testing)));
    }

    [Test]
    public async Task Generate_WhenColumnsBearOtherNames_ReadsVariablesFromTheMappedOnes()
    {
        await using var bench = new Workbench().WithRow("a", ("remark", "scratched"));

        var sheet = await bench.GenerateAsync(new GenerationConfig { ColumnMapping = new Dictionary<string, string> { ["note"] = "remark" } });

        Assert.That(sheet.IsSuccess, sheet.Error?.Message);
        Assert.That(bench.PairOf("a").Conversation.User.Text, Is.EqualTo("Which defect is it? scratched"));
    }

    [Test]
    public async Task Generate_WhenALimitIsGiven_TakesItemsFromTheStart()
    {
        await using var bench = new Workbench().WithItems(9);

        var sheet = (await bench.GenerateAsync(new GenerationConfig { Limit = 2 })).Value;

        Assert.That(bench.Store.Pairs.Select(pair => pair.State.ItemRef.Value), Is.EqualTo(new[] { "item-000", "item-001" }));
        Assert.That(sheet.State.Statistics.TotalItems, Is.EqualTo(2));
    }

    [Test]
    public async Task Generate_PutsTheTemplatesOwnExamplesBeforeTheQuestion()
    {
        await using var bench = new Workbench(template: TemplateBuilder.Template(examples: [new TemplateExample("in", "out")])).WithItems(1);

        await bench.GenerateAsync();

        var example = bench.Model.Asked.Single().Prompt.Examples.Single();
        Assert.That((example.Question.Text, example.Answer, example.Item), Is.EqualTo(("in", "out", (string?)null)));
        Assert.That(bench.PairOf("item-000").Conversation.Messages, Has.Count.EqualTo(2), "few-shot turns are part of the call, not of the pair");
    }
}
