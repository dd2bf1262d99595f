using System.Net;
using Mirion.Generation.Api.IntegrationTests.Harness;

namespace Mirion.Generation.Api.IntegrationTests.Journeys;

/// <summary>The loop: what is reviewed once is never asked about again.</summary>
internal sealed class ReviewJourneyTests
{
    private TempWorkspace _workspace = null!;

    [SetUp]
    public async Task CreateAsync() => _workspace = await TempWorkspace.CreateAsync();

    [TearDown]
    public async Task DeleteAsync() => await _workspace.DisposeAsync();

    [Test]
    public async Task Generate_WhenTheDraftsWereReviewed_ReusesEveryAnswer()
    {
        _workspace.AddTable("plant.line_a.boards", "board,note\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"b{i:d2},note {i}\n")));
        using var api = _workspace.Start();
        await api.DefineAsync("""{"id": "boards", "source_type": "uc_table", "source_table": "plant.line_a.boards", "item_id_column": "board", "text_columns": ["note"]}""");
        var first = await api.GenerateAsync().Expect(HttpStatusCode.Created);
        var pairs = await api.ReadPairsAsync(first.Location!);
        await api.PostAsync($"qa-pairs/{pairs[3].Text("id")}/edit", """{"content": "„Löt­brücke“ 🔧"}""").Expect(HttpStatusCode.OK);
        await api.PostAsync("qa-pairs/bulk", $$$"""{"action": "approve", "filter": {"training_sheet_id": "{{{first.Text("id")}}}", "status": "unlabeled"}}""").Expect(HttpStatusCode.OK);
        Assert.That((await api.PostAsync($"{first.Location}/mark-trained", null).Expect(HttpStatusCode.OK)).Text("status"), Is.EqualTo("trained"));
        var calls = _workspace.Model.CallCount;

        var second = await api.GenerateAsync().Expect(HttpStatusCode.Created);

        Assert.That((second.Text("status"), second.Number("labeled_pairs"), _workspace.Model.CallCount), Is.EqualTo(("approved", 20, calls)));
        var reviewed = await api.ReadPairsAsync(first.Location!);
        var reused = await api.ReadPairsAsync(second.Location!);
        Assert.That(reused.Select(pair => pair.Says("assistant")), Is.EqualTo(reviewed.Select(pair => pair.Says("assistant"))));
        Assert.That(reused[3].Says("assistant"), Is.EqualTo("„Löt­brücke“ 🔧"));
    }

    [Test]
    public async Task Edit_WhenManyHoldTheSameTag_IsOneOfThem()
    {
        _workspace.AddTable("plant.line_a.boards", "board,note\nb1,scratched\n");
        using var api = _workspace.Start();
        await api.DefineAsync("""{"id": "boards", "source_type": "uc_table", "source_table": "plant.line_a.boards", "item_id_column": "board", "text_columns": ["note"]}""");
        var pair = (await api.ReadPairsAsync((await api.GenerateAsync().Expect(HttpStatusCode.Created)).Location!)).Single().Text("id");
        using var read = await api.Client.GetAsync($"/api/v1/qa-pairs/{pair}");
        var tag = read.Headers.ETag!.ToString();

        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => api.PostAsync($"qa-pairs/{pair}/edit", $$"""{"content": "answer {{i}}"}""", headers: ("If-Match", tag))));

        var winner = Array.FindIndex(replies, reply => reply.Status is HttpStatusCode.OK);
        Assert.That(replies.Count(reply => reply.Status is HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(replies.Where((_, i) => i != winner).Select(reply => (reply.Status, reply.Code)), Is.All.EqualTo((HttpStatusCode.PreconditionFailed, "stale_write")));
        var stored = await api.GetAsync($"qa-pairs/{pair}");
        Assert.That((stored.Json.Says("assistant"), stored["revision"].GetInt32()), Is.EqualTo(($"answer {winner}", 1)));
    }
}
