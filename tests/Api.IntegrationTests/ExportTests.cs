using System.Net;
using System.Text.Json;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Api.IntegrationTests;

/// <summary>Taking pairs out over HTTP.</summary>
internal sealed class ExportTests
{
    private const string Path = "/api/v1/training-sheets/ts-export/export/jsonl";

    private FakePorts _ports = null!;
    private TestApi _api = null!;

    [SetUp]
    public async Task RenewAsync()
    {
        (_api, _ports) = await SharedApi.RenewAsync();
        await AddAsync(
            Labelled("a", 3, UsagePolicy.Unrestricted),
            Labelled("b", 1, new UsagePolicy(Uses.All, Uses.Training)),
            Labelled("c", 2, UsagePolicy.Unrestricted, "/Volumes/factory/quality/photos/board-1.png"),
            Labelled("d", 0, new UsagePolicy(Uses.Training | Uses.Evaluation, Uses.Evaluation)),
            PairBuilder.FromModel("e", 4, trainingSheet: "ts-export"),
            PairBuilder.Failed("f", 5, trainingSheet: "ts-export"));
    }

    [TestCase("", new[] { "d", "c", "a" }, "unlabeled=1, rejected=0, flagged=1, use=1")]
    [TestCase("?use=training", new[] { "d", "c", "a" }, "unlabeled=1, rejected=0, flagged=1, use=1")]
    [TestCase("?use=evaluation", new[] { "b", "c", "a" }, "unlabeled=1, rejected=0, flagged=1, use=1")]
    [TestCase("?use=few_shot", new[] { "b", "c", "a" }, "unlabeled=1, rejected=0, flagged=1, use=1")]
    public async Task Export_WhenAsked_HoldsThePermittedLabelledPairsInItemOrder(string query, string[] items, string excluded)
    {
        using var response = await _api.Client.GetAsync(Path + query);
        var lines = await LinesAsync(response);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/x-ndjson"));
            Assert.That(response.Content.Headers.ContentDisposition?.ToString(), Does.StartWith("attachment; filename=ts-export.jsonl"));
            Assert.That(response.Headers.GetValues("X-Exported-Pairs"), Is.EqualTo([$"{items.Length}"]));
            Assert.That(string.Join(", ", response.Headers.GetValues("X-Excluded-Pairs")), Is.EqualTo(excluded));
            Assert.That(lines.Select(line => line.GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString()), Is.EqualTo(items.Select(item => $"label of {item}")));
        }
    }

    [Test]
    public async Task Export_WhenRead_HoldsTheMessagesAsThePairsAreAnswered()
    {
        using var response = await _api.Client.GetAsync(Path);
        var lines = await LinesAsync(response);

        var pairs = (await _api.GetAsync("training-sheets/ts-export/qa-pairs?status=labeled"))["items"].EnumerateArray().ToDictionary(
            pair => pair.GetProperty("item_ref").GetString()!, pair => pair.GetProperty("messages").GetRawText());
        Assert.That(lines.Select(line => line.GetRawText()), Is.EqualTo(new[] { "d", "c", "a" }.Select(item => $$"""{"messages":{{pairs[item]}}}""")));
        Assert.That(lines[1].GetRawText(), Does.Contain("""{"type":"image_url","image_url":{"url":"/Volumes/factory/quality/photos/board-1.png"}}"""));
    }

    [Test]
    public async Task Export_WhenNothingIsLabelled_IsEmptyAndSaysWhy()
    {
        using var response = await _api.Client.GetAsync("/api/v1/training-sheets/ts-review/export/jsonl");

        Assert.That(await response.Content.ReadAsStringAsync(), Is.Empty);
        Assert.That(response.Headers.GetValues("X-Exported-Pairs"), Is.EqualTo(["0"]));
    }

    private static QAPair Labelled(string item, long sequence, UsagePolicy usage, params string[] images) => QAPair.FromCanonicalLabel(
        PairBuilder.Origin(item, sequence, trainingSheet: "ts-export", images: images), LabelBuilder.Label(item, $"label of {item}", usage: usage));

    private static async Task<List<JsonElement>> LinesAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(text, Does.EndWith("}\n").And.Not.Contain("\r").And.Not.StartsWith("\uFEFF"));
        return [.. text.TrimEnd('\n').Split('\n').Select(line => JsonElement.Parse(line))];
    }

    private async Task AddAsync(params QAPair[] pairs)
    {
        var sheet = TrainingSheetBuilder.Generating("ts-export");
        await _ports.Store.AddAsync(sheet, CancellationToken.None);
        await _ports.Store.CommitBatchAsync(sheet.Having(pairs).Completed(), pairs, CancellationToken.None);
    }
}
