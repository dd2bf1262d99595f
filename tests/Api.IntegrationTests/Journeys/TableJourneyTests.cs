using System.Net;
using System.Text;
using Mirion.Generation.Api.IntegrationTests.Harness;

namespace Mirion.Generation.Api.IntegrationTests.Journeys;

/// <summary>A user's own table, from dropping the file in to reading the pairs.</summary>
internal sealed class TableJourneyTests
{
    private const string Sheet = """
        {"id": "boards", "source_type": "uc_table", "source_table": "plant.line_a.boards", "item_id_column": "board", "text_columns": ["note"]}
        """;

    private TempWorkspace _workspace = null!;

    [SetUp]
    public async Task CreateAsync() => _workspace = await TempWorkspace.CreateAsync();

    [TearDown]
    public async Task DeleteAsync() => await _workspace.DisposeAsync();

    [Test]
    public async Task Generate_WhenThirtyOfAHundredAreLabelled_AsksAboutTheOtherSeventyAlone()
    {
        _workspace.AddTable("plant.line_a.boards", Csv(100));
        using var api = _workspace.Start();
        await api.DefineAsync(Sheet);
        await api.PostAsync("canonical-labels/bulk", Labels(Enumerable.Range(0, 30).Select(i => i * 3)), "application/x-ndjson").Expect(HttpStatusCode.OK);

        var generated = await api.GenerateAsync().Expect(HttpStatusCode.Created);

        var pairs = await api.ReadPairsAsync(generated.Location!);
        var asked = Enumerable.Range(0, 100).Where(i => !IsLabelled(i)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_workspace.Model.Calls.Select(call => call.Question).Order(), Is.EqualTo(asked.Select(Question).Order()), "70 calls, each of its own item");
            Assert.That(_workspace.Model.Calls.Select(call => call.Messages[0].Text).Distinct(), Is.EqualTo(["You inspect boards."]));
            Assert.That(_workspace.Model.Calls.Select(call => (call.Model, call.Temperature, call.MaxTokens)).Distinct(), Is.EqualTo([("fake-model", 0d, 1024)]));
            Assert.That(generated.Text("status"), Is.EqualTo("review"));
            Assert.That((generated.Number("total_pairs"), generated.Number("labeled_pairs"), generated.Number("unlabeled_pairs"), generated.Number("flagged_pairs")), Is.EqualTo((100, 30, 70, 0)));
            Assert.That(generated["statistics"].GetProperty("model_calls").GetInt64(), Is.EqualTo(70));
            Assert.That(pairs.Select(pair => pair.Text("item_ref")), Is.EqualTo(Enumerable.Range(0, 100).Select(Board)));
            Assert.That(pairs.Select(pair => pair.GetProperty("sequence_number").GetInt64()), Is.EqualTo(Enumerable.Range(0, 100)));
            Assert.That(pairs.Select(pair => pair.Says("user")), Is.EqualTo(Enumerable.Range(0, 100).Select(Question)));
        }

        foreach (var (pair, i) in pairs.Select((pair, i) => (pair, i)))
        {
            using (Assert.EnterMultipleScope())
            {
                Assert.That(pair.Says("assistant"), Is.EqualTo(IsLabelled(i) ? Answer(i) : $"answer to {Question(i)}"));
                Assert.That(pair.Text("status"), Is.EqualTo(IsLabelled(i) ? "labeled" : "unlabeled"));
                Assert.That(pair.Text("labeling_mode"), Is.EqualTo(IsLabelled(i) ? "canonical" : "ai_generated"));
                Assert.That(pair.Text("reviewed_by"), Is.EqualTo(IsLabelled(i) ? "dr.lee" : null));
                Assert.That(pair.Text("reviewed_at"), Is.EqualTo(IsLabelled(i) ? "2026-03-01T08:00:00Z" : null));
                Assert.That(pair.GetProperty("prohibited_uses").GetRawText(), Is.EqualTo(IsLabelled(i) ? """["testing"]""" : "[]"));
                Assert.That(pair.GetProperty("allowed_uses").GetArrayLength(), Is.EqualTo(IsLabelled(i) ? 2 : 5));
            }
        }
    }

    [Test]
    public async Task Generate_WhenThereAreManyItems_AnswersAtOnceAndIsDoneInTheBackground()
    {
        _workspace.AddTable("plant.line_a.boards", Csv(300));
        using var api = _workspace.Start();
        await api.DefineAsync(Sheet);
        await api.PostAsync("canonical-labels/bulk", Labels([0, 3, 6]), "application/x-ndjson").Expect(HttpStatusCode.OK);

        var launched = await api.GenerateAsync().Expect(HttpStatusCode.Accepted);
        var done = await api.UntilDoneAsync(launched.Location!);

        Assert.That((launched.Text("status"), launched.Text("mode")), Is.EqualTo(("generating", "job")));
        Assert.That(done.Text("status"), Is.EqualTo("review"), done.Text);
        Assert.That((done.Number("total_pairs"), done.Number("labeled_pairs"), done.Number("unlabeled_pairs")), Is.EqualTo((300, 3, 297)));
        Assert.That(_workspace.Model.CallCount, Is.EqualTo(297));
        Assert.That((await api.ReadPairsAsync(launched.Location!)).Select(pair => pair.Text("item_ref")), Is.EqualTo(Enumerable.Range(0, 300).Select(Board)));
    }

    [Test]
    public async Task Generate_WhenTheHostStopsMidway_IsFinishedByTheNextHostWithEveryItemOnce()
    {
        const int answered = 150;
        const int inFlight = 8;
        _workspace.AddTable("plant.line_a.boards", Csv(300));
        _workspace.Model.Always(call => call.Number <= answered
            ? Testing.ModelServer.ChatReplies.Answer($"answer to {call.Question}")
            : Testing.ModelServer.ChatReplies.Silence());
        (string, string?)[] settings = [("FoundationModel:MaxConcurrency", $"{inFlight}"), ("Generation:FlushSeconds", "0.1")];
        string location;
        using (var first = _workspace.Start(settings))
        {
            await first.DefineAsync(Sheet);
            location = (await first.GenerateAsync().Expect(HttpStatusCode.Accepted)).Location!;
            await first.UntilAsync(location, sheet => sheet.Number("total_pairs") == answered);
        }

        _workspace.Model.Always(call => Testing.ModelServer.ChatReplies.Answer($"answer to {call.Question}"));
        using var second = _workspace.Start(settings);
        var done = await second.UntilDoneAsync(location);

        var pairs = await second.ReadPairsAsync(location);
        Assert.That(done.Text("status"), Is.EqualTo("review"), done.Text);
        Assert.That((done.Number("total_pairs"), done.Number("unlabeled_pairs")), Is.EqualTo((300, 300)));
        Assert.That(pairs.Select(pair => pair.Text("item_ref")), Is.EqualTo(Enumerable.Range(0, 300).Select(Board)));
        Assert.That(pairs.Select(pair => pair.Says("assistant")), Is.EqualTo(Enumerable.Range(0, 300).Select(i => $"answer to {Question(i)}")));
        Assert.That(_workspace.Model.CallCount, Is.InRange(300, 300 + inFlight), "only what was in flight is asked again");
    }

    [Test]
    public async Task Generate_WhenTheEndpointRefusesTheCredentials_StoresNothing()
    {
        _workspace.AddTable("plant.line_a.boards", Csv(3));
        _workspace.Model.ApiKey = "another key";
        using var api = _workspace.Start();
        await api.DefineAsync(Sheet);

        var refused = await api.GenerateAsync().Expect(HttpStatusCode.BadGateway);

        Assert.That(refused.Code, Is.EqualTo("foundation_model_failed"));
        Assert.That(refused.Text, Does.Not.Contain("SECRET"));
        Assert.That((await api.GetAsync("training-sheets"))["items"].GetArrayLength(), Is.Zero);
        Assert.That(_workspace.Model.CallCount, Is.Zero);
    }

    [TestCase("board,note\na,1\na,2\n", "item_id_not_unique")]
    [TestCase("board,note\na,1\n,2\n", "item_id_missing")]
    [TestCase("board,note\n", "sheet_empty")]
    public async Task Generate_WhenTheTableIsUnfit_IsRefusedBeforeAnythingIsAsked(string csv, string code)
    {
        _workspace.AddTable("plant.line_a.boards", csv);
        using var api = _workspace.Start();
        await api.DefineAsync(Sheet);

        var refused = await api.GenerateAsync().Expect(HttpStatusCode.UnprocessableEntity);

        Assert.That(refused.Code, Is.EqualTo(code));
        Assert.That((await api.GetAsync("training-sheets"))["items"].GetArrayLength(), Is.Zero);
        Assert.That(_workspace.Model.CallCount, Is.Zero);
    }

    private static string Board(int i) => $"B-{i:D3}";

    // Text as people write it: commas, quotes, line ends, other scripts, and what looks like a template.
    private static string Note(int i) => (i % 5) switch
    {
        0 => $"scratch {i}, deep",
        1 => $"said \"fine\" {i}",
        2 => $"line one\nline two {i}",
        3 => $"Lötbrücke 🔧 {i} <b>&amp;</b>",
        _ => $"{{{{board}}}} {{{{#if}}}} {i}",
    };

    private static string Question(int i) => $"Board {Board(i)}: {Note(i)}";

    private static bool IsLabelled(int i) => i % 3 == 0 && i < 90;

    private static string Answer(int i) => i % 2 == 0 ? $"defect {i}" : $$"""{"defect":"Brücke","size":1.50,"item":{{i}}}""";

    private static string Csv(int rows)
    {
        var csv = new StringBuilder("note,board\n");
        // Backwards, so that the order of the items is not the order of the file.
        for (var i = rows - 1; i >= 0; i--) csv.Append('"').Append(Note(i).Replace("\"", "\"\"", StringComparison.Ordinal)).Append("\",").Append(Board(i)).Append('\n');
        return csv.ToString();
    }

    private static string Labels(IEnumerable<int> items) => string.Join('\n', items.Select(i =>
    {
        var data = i % 2 == 0 ? $"\"{Answer(i)}\"" : Answer(i);
        return $$"""
            {"sheet_id": "boards", "item_ref": "{{Board(i)}}", "label_type": "defect", "label_data": {{data}}, "labeled_by": "dr.lee", "labeled_at": "2026-03-01T08:00:00Z", "allowed_uses": ["training", "few_shot"], "prohibited_uses": ["testing"], "data_classification": "internal"}
            """;
    }));
}
