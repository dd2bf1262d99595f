using System.Net;
using Mirion.Generation.Api.IntegrationTests.Harness;

namespace Mirion.Generation.Api.IntegrationTests.Journeys.BothWorkspaces;

/// <summary>The whole way over HTTP, the same on either workspace: define, label, generate a small sheet at once and a large one in a job, read, export.</summary>
internal sealed class WorkspaceJourneyTests
{
    private const int Few = 50;
    private const int Many = 500;

    [Test]
    public async Task Journey_OnEitherWorkspace_IsAnsweredWithTheSameBytes()
    {
        var local = await TravelAsync("Local");
        var databricks = await TravelAsync("Databricks");

        Assert.That(databricks, Is.EqualTo(local));
    }

    private static async Task<string> TravelAsync(string provider)
    {
        await using var workspace = await JourneyWorkspace.CreateAsync(provider);
        await workspace.PlaceTableAsync("plant.line_a.few", Boards.Columns, Boards.Rows(Few));
        await workspace.PlaceTableAsync("plant.line_a.many", Boards.Columns, Boards.Rows(Many));
        using var api = await workspace.StartAsync();
        var transcript = new Transcript();

        foreach (var (sheet, count) in new[] { ("few", Few), ("many", Many) })
        {
            transcript.Add("sheet", await api.PostAsync("sheets", Boards.Sheet(sheet)).Expect(HttpStatusCode.Created));
            transcript.Add("labels", await api.PostAsync("canonical-labels/bulk", Boards.Labels(sheet, count), "application/x-ndjson").Expect(HttpStatusCode.OK));
            transcript.Add("items", await api.GetAsync($"sheets/{sheet}/items?limit=5").Expect(HttpStatusCode.OK));
        }

        transcript.Add("template", await api.PostAsync("templates", Journey.Template).Expect(HttpStatusCode.Created));
        transcript.Add("preview", await api.PostAsync("templates/triage/preview", """{"sheet_id": "few", "limit": 3}""").Expect(HttpStatusCode.OK));
        transcript.Add("estimate", await api.PostAsync("training-sheets/estimate", """{"sheet_id": "few", "template_id": "triage"}""").Expect(HttpStatusCode.OK));

        var small = transcript.Add("generate few", await api.GenerateAsync("few").Expect(HttpStatusCode.Created));
        AssertCounts(small, Few);
        await ReadAsync(api, small.Location!, transcript);

        var launched = transcript.Add("generate many", await api.GenerateAsync("many").Expect(HttpStatusCode.Accepted));
        Assert.That((launched.Text("status"), launched.Text("mode")), Is.EqualTo(("generating", "job")));
        var large = transcript.Add("many, done", await api.UntilDoneAsync(launched.Location!));
        AssertCounts(large, Many);
        await ReadAsync(api, large.Location ?? launched.Location!, transcript);

        Assert.That(workspace.ModelCalls, Is.EqualTo(Few + Many - Boards.Labelled(Few) - Boards.Labelled(Many)), "an item that is labelled costs nothing, and none is asked about twice");
        return transcript.ToString();
    }

    private static async Task ReadAsync(TestApi api, string location, Transcript transcript)
    {
        foreach (var query in new[] { "limit=70", "status=labeled&limit=7", "labeling_mode=ai_generated&limit=3" })
        {
            transcript.Add($"pairs {query}", await api.GetAsync($"{location}/qa-pairs?{query}").Expect(HttpStatusCode.OK));
        }

        var pairs = await api.ReadPairsAsync(location);
        Assert.That(pairs.Select(pair => pair.Text("item_ref")), Is.EqualTo(Enumerable.Range(0, pairs.Count).Select(Boards.Ref)));
        var exported = transcript.Add("export", await api.GetAsync($"{location}/export/jsonl?use=training").Expect(HttpStatusCode.OK));
        Assert.That(exported.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(pairs.Count(pair => pair.Text("status") == "labeled")));
    }

    private static void AssertCounts(Reply sheet, int items)
    {
        Assert.That(sheet.Text("status"), Is.EqualTo("review"), sheet.Text);
        Assert.That(
            (sheet.Number("total_pairs"), sheet.Number("labeled_pairs"), sheet.Number("unlabeled_pairs"), sheet.Number("flagged_pairs")),
            Is.EqualTo(((long)items, (long)Boards.Labelled(items), (long)(items - Boards.Labelled(items)), 0L)));
    }
}
