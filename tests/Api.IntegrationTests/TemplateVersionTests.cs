using System.Net;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Snapshooter.NUnit;

namespace Mirion.Generation.Api.IntegrationTests;

/// <summary>Published versions of templates: kept, listed, read and used.</summary>
internal sealed class TemplateVersionTests
{
    private TestApi _api = null!;

    [SetUp]
    public async Task RenewAsync() => (_api, _) = await SharedApi.RenewAsync();

    [Test]
    public async Task Versions_WhenATemplateWasPublishedAndRevised_AreListedAndRead()
    {
        await RevisePublishedAsync();

        var listed = await _api.GetAsync("templates/triage/versions").Expect(HttpStatusCode.OK);
        var read = await _api.GetAsync("templates/triage/versions/2").Expect(HttpStatusCode.OK);

        Assert.That(read.Json.Pretty(), Is.EqualTo(listed["items"][1].Pretty()));
        Snapshot.Match(listed.Json.Pretty());
    }

    [Test]
    public async Task Versions_WhenReadPageByPage_GoOnWhereThePageEnded()
    {
        await RevisePublishedAsync();

        var page = await _api.GetAsync("templates/triage/versions?limit=1").Expect(HttpStatusCode.OK);
        var rest = await _api.GetAsync($"templates/triage/versions?limit=1&cursor={page["next_cursor"].GetString()}").Expect(HttpStatusCode.OK);

        Assert.That((page["items"][0].GetProperty("version").GetInt32(), rest["items"][0].GetProperty("version").GetInt32()), Is.EqualTo((3, 2)));
        Assert.That(rest["next_cursor"].GetString(), Is.Null);
    }

    [Test]
    public async Task Generate_WhenAVersionIsNamed_MakesTheTrainingSheetWithIt()
    {
        await RevisePublishedAsync();

        var earlier = await _api.PostAsync("training-sheets/generate", """{"sheet_id": "inspections", "template_id": "triage", "template_version": 2}""").Expect(HttpStatusCode.Created);
        var present = await _api.PostAsync("training-sheets/generate", """{"sheet_id": "inspections", "template_id": "triage"}""").Expect(HttpStatusCode.Created);
        await _api.PostAsync("training-sheets/estimate", """{"sheet_id": "inspections", "template_id": "triage", "template_version": 2}""").Expect(HttpStatusCode.OK);

        Assert.That((earlier["template_version"].GetInt32(), present["template_version"].GetInt32()), Is.EqualTo((2, 3)));
        var pairs = await _api.GetAsync($"{earlier.Location}/qa-pairs?labeling_mode=ai_generated").Expect(HttpStatusCode.OK);
        Assert.That(pairs["items"][0].GetProperty("messages")[0].GetProperty("content").GetString(), Does.StartWith("Published: "));
    }

    // Version 1 is a draft, 2 is published, 3 is a draft again.
    private async Task RevisePublishedAsync()
    {
        const string Rest = """ "label_type": "classification", "base_model": "some-model", "user_prompt_template": """;
        await _api.PutAsync("templates/triage", $$"""{"status": "published",{{Rest}}"Published: {{"{{note}}"}}"}""").Expect(HttpStatusCode.OK);
        await _api.PutAsync("templates/triage", $$"""{{{Rest}}"Next: {{"{{note}}"}}"}""").Expect(HttpStatusCode.OK);
    }
}
