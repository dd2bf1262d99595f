using System.Net;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.Testing.Builders;
using Snapshooter.NUnit;

namespace Mirion.Generation.Api.IntegrationTests;

/// <summary>Two generations of a sheet, compared.</summary>
internal sealed class ComparisonTests
{
    private const string Body = """{"sheet_id": "inspections", "template_id": "triage"}""";

    private FakePorts _ports = null!;
    private TestApi _api = null!;

    [SetUp]
    public async Task RenewAsync() => (_api, _ports) = await SharedApi.RenewAsync();

    [Test]
    public async Task Compare_WhenItemsChanged_ListsThemWithBothPairs()
    {
        var (first, second) = await GenerateTwiceAsync();

        var compared = await _api.PostAsync($"training-sheets/{first}/compare", $$"""{"other_id": "{{second}}"}""").Expect(HttpStatusCode.OK);

        Snapshot.Match(compared.Json.Pretty());
    }

    [Test]
    public async Task Compare_WhenReadPageByPage_HasEveryDifferenceOnce()
    {
        var (first, second) = await GenerateTwiceAsync();

        var page = await _api.PostAsync($"training-sheets/{first}/compare", $$"""{"other_id": "{{second}}", "limit": 1}""").Expect(HttpStatusCode.OK);
        var rest = await _api.PostAsync(
            $"training-sheets/{first}/compare", $$"""{"other_id": "{{second}}", "cursor": "{{page["next_cursor"].GetString()}}"}""").Expect(HttpStatusCode.OK);

        Assert.That((page["items"][0].GetProperty("item_ref").GetString(), rest["items"][0].GetProperty("item_ref").GetString()), Is.EqualTo(("item-2", "item-3")));
        Assert.That((page["items"].GetArrayLength(), rest["items"].GetArrayLength(), rest["next_cursor"].GetString()), Is.EqualTo((1, 1, (string?)null)));
        Assert.That(rest["summary"].Pretty(), Is.EqualTo(page["summary"].Pretty()));
    }

    // item-1 reuses a label both times, item-2 is answered otherwise, item-3 was labelled meanwhile.
    private async Task<(string First, string Second)> GenerateTwiceAsync()
    {
        _ports.Model.Answers(_ => "crack");
        var first = await _api.PostAsync("training-sheets/generate", Body, headers: ("Idempotency-Key", "first")).Expect(HttpStatusCode.Created);
        _ports.Model.Answers(_ => "solder bridge");
        await _ports.Labels.UpsertAsync(LabelBuilder.Label("item-3", "fine"), CancellationToken.None);
        var second = await _api.PostAsync("training-sheets/generate", Body, headers: ("Idempotency-Key", "second")).Expect(HttpStatusCode.Created);
        return (first["id"].GetString()!, second["id"].GetString()!);
    }
}
