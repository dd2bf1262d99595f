using System.Globalization;
using System.Net;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.Testing.ModelServer;

namespace Mirion.Generation.Api.IntegrationTests.Journeys;

/// <summary>A user who changes their mind, and changes it again, over a real embedded workspace.</summary>
internal sealed class CancelJourneyTests
{
    private const string Sheet = """
        {"id": "boards", "source_type": "uc_table", "source_table": "plant.line_a.boards", "item_id_column": "board", "text_columns": ["note"]}
        """;

    private const int Items = 120;
    private const int Answered = 30;

    private static readonly (string, string?)[] Settings = [("FoundationModel:MaxConcurrency", "4"), ("Generation:FlushSeconds", "0.1")];

    private TempWorkspace _workspace = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _workspace = await TempWorkspace.CreateAsync();
        _workspace.AddTable("plant.line_a.boards", "board,note\n" + string.Concat(Enumerable.Range(0, Items).Select(i => $"B-{i:D3},note {i}\n")));
        _workspace.Model.Always(call => call.Number <= Answered ? ChatReplies.Answer("fine") : ChatReplies.Silence());
    }

    [TearDown]
    public async Task DeleteAsync() => await _workspace.DisposeAsync();

    [Test]
    public async Task Cancel_WhenItRunsInTheBackground_KeepsWhatIsDoneAcrossARestartUntilItIsResumed()
    {
        string location;
        using (var first = _workspace.Start(Settings))
        {
            await first.DefineAsync(Sheet);
            location = (await first.GenerateAsync().Expect(HttpStatusCode.Accepted)).Location!;
            await first.UntilAsync(location, sheet => sheet.Number("total_pairs") == Answered);

            var cancelled = await first.PostAsync($"{location}/cancel", null).Expect(HttpStatusCode.OK);

            Assert.That((cancelled.Text("status"), cancelled["status_reason"].Text("code")), Is.EqualTo(("failed", "cancelled")));
            Assert.That((cancelled.Number("total_pairs"), cancelled.Number("unlabeled_pairs")), Is.EqualTo((Answered, Answered)));
        }

        using var second = _workspace.Start(Settings);
        Assert.That((await second.GetAsync(location)).Text("status"), Is.EqualTo("failed"), "a restart does not take up again what a user cancelled");
        _workspace.Model.Always(_ => ChatReplies.Answer("fine"));
        var resumed = await second.PostAsync($"{location}/resume", null).Expect(HttpStatusCode.Accepted);
        var done = await second.UntilDoneAsync(location);

        Assert.That((resumed.Text("status"), resumed.Location, resumed["status_reason"].ValueKind), Is.EqualTo(("generating", location, System.Text.Json.JsonValueKind.Null)));
        Assert.That((done.Text("status"), done.Number("total_pairs")), Is.EqualTo(("review", Items)), done.Text);
        Assert.That((await second.ReadPairsAsync(location)).Select(pair => pair.Text("item_ref")), Is.Unique.And.Exactly(Items).Items);
    }

    [Test]
    public async Task Cancel_WhenItWaitsInTheQueue_NeverBegins()
    {
        const int atOnce = 4;
        using var api = _workspace.Start(Settings);
        await api.DefineAsync(Sheet);
        var running = new List<string>();
        for (var i = 0; i < atOnce; i++) running.Add((await api.GenerateAsync().Expect(HttpStatusCode.Accepted)).Location!);
        // All of them have begun: together they have every answer there is.
        while (_workspace.Model.CallCount < Answered) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        var waiting = (await api.GenerateAsync().Expect(HttpStatusCode.Accepted)).Location!;

        var cancelled = await api.PostAsync($"{waiting}/cancel", null).Expect(HttpStatusCode.OK);
        foreach (var location in running) await api.PostAsync($"{location}/cancel", null).Expect(HttpStatusCode.OK);
        // Not before: calls that a cancelled run makes room for would be answered, and another run come to its end.
        _workspace.Model.Always(_ => ChatReplies.Answer("fine"));
        var last = await api.GenerateAsync(config: """{"limit": 1, "execution": "job"}""").Expect(HttpStatusCode.Accepted);
        await api.UntilDoneAsync(last.Location!);

        Assert.That((cancelled.Text("status"), cancelled.Number("total_pairs")), Is.EqualTo(("failed", 0)));
        Assert.That((await api.GetAsync(waiting)).Number("total_pairs").ToString(CultureInfo.InvariantCulture), Is.EqualTo("0"), "what came after it in the queue is done, and it was passed over");
    }

    [Test]
    public async Task Cancel_WhenACallerWaitsForTheGeneration_AnswersTheCallerToo()
    {
        using var api = _workspace.Start(Settings);
        await api.DefineAsync(Sheet);
        var generating = api.GenerateAsync(config: """{"execution": "sync"}""");
        while (_workspace.Model.CallCount <= Answered) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        var id = (await api.GetAsync("training-sheets"))["items"][0].Text("id");

        await api.PostAsync($"training-sheets/{id}/cancel", null).Expect(HttpStatusCode.OK);

        var answered = await generating.Expect(HttpStatusCode.Created);
        Assert.That((answered.Text("status"), answered["status_reason"].Text("code"), answered.Number("total_pairs")), Is.EqualTo(("failed", "cancelled", Answered)));
        _workspace.Model.Always(_ => ChatReplies.Answer("fine"));
        Assert.That((await api.PostAsync($"training-sheets/{id}/resume", null).Expect(HttpStatusCode.OK)).Number("total_pairs"), Is.EqualTo(Items));
    }
}
