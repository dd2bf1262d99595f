using System.Net;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;
using Snapshooter.NUnit;

namespace Mirion.Generation.Api.IntegrationTests;

/// <summary>People's decisions over HTTP: bodies, tags and refusals.</summary>
internal sealed class ReviewTests
{
    private static readonly TrainingSheetId Id = new("reviewed");

    private FakePorts _ports = null!;
    private TestApi _api = null!;
    private string _pair = null!;

    [SetUp]
    public async Task RenewAsync()
    {
        (_api, _ports) = await SharedApi.RenewAsync();
        var (sheet, pairs) = (TrainingSheetBuilder.Generating(Id.Value), new[] { PairBuilder.FromModel("a", 0, Id.Value), PairBuilder.FromModel("b", 1, Id.Value), PairBuilder.FromLabel("c", 2, Id.Value) });
        await _ports.Store.AddAsync(sheet, CancellationToken.None);
        await _ports.Store.CommitBatchAsync(sheet.Having(pairs).Completed(), pairs, CancellationToken.None);
        _pair = $"qa-pairs/{pairs[0].Id}";
    }

    [Test]
    public async Task Edit_WhenThePairIsAsItWasRead_IsAnsweredWholeWithItsNextTag()
    {
        var read = await TagAsync();

        var edited = await _api.PostAsync($"{_pair}/edit", """{"content": "a crack"}""", headers: ("If-Match", read)).Expect(HttpStatusCode.OK);

        Assert.That(await TagAsync(), Is.Not.EqualTo(read).And.Matches("^\"[0-9a-z-]+\"$"));
        Assert.That((await _api.GetAsync(_pair)).Text, Is.EqualTo(edited.Text));
        Snapshot.Match(edited.Json.Pretty());
    }

    [TestCase("approve", null)]
    [TestCase("edit", """{"content": "late"}""")]
    [TestCase("reject", null)]
    [TestCase("reject", """{"reason": "late"}""")]
    [TestCase("flag", """{"reason": "late"}""")]
    public async Task Decide_WhenThePairIsNotAsItWasRead_IsRefusedAndChangesNothing(string decision, string? body)
    {
        var read = await TagAsync();
        await _api.PostAsync($"{_pair}/edit", """{"content": "sooner"}""", headers: ("If-Match", read)).Expect(HttpStatusCode.OK);
        var before = await _api.GetAsync(_pair);

        var late = await _api.PostAsync($"{_pair}/{decision}", body, headers: ("If-Match", read)).Expect(HttpStatusCode.PreconditionFailed);

        Assert.That((late.MediaType, late.Code), Is.EqualTo(("application/problem+json", "stale_write")));
        Assert.That(late["detail"].GetString(), Does.Contain("ml.engineer").And.Contain("labeled"));
        Assert.That((await _api.GetAsync(_pair)).Text, Is.EqualTo(before.Text));
    }

    [TestCase("*", HttpStatusCode.OK)]
    [TestCase("\"other\", {0}", HttpStatusCode.OK)]
    [TestCase("W/{0}", HttpStatusCode.PreconditionFailed)]
    [TestCase("\"other\"", HttpStatusCode.PreconditionFailed)]
    [TestCase("unquoted", HttpStatusCode.BadRequest)]
    public async Task Decide_WhenIfMatchIsGiven_IsReadAsTheStandardSays(string header, HttpStatusCode status) => await _api
        .PostAsync($"{_pair}/approve", null, headers: ("If-Match", header.Replace("{0}", await TagAsync(), StringComparison.Ordinal))).Expect(status);

    [Test]
    public async Task Decide_WhenEveryVerbIsUsed_IsByTheCallerAndCounted()
    {
        await _api.PostAsync($"{_pair}/approve", null).Expect(HttpStatusCode.OK);
        await _api.PostAsync($"{_pair}/reject", null).Expect(HttpStatusCode.OK);
        await _api.PostAsync($"{_pair}/reject", "").Expect(HttpStatusCode.Conflict);
        var flagged = await _api.PostAsync($"{_pair}/flag", """{"reason": "odd"}""").Expect(HttpStatusCode.OK);

        Assert.That((flagged["status"].GetString(), flagged["revision"].GetInt32(), flagged["reviewed_by"].GetString()), Is.EqualTo(("flagged", 3, "ml.engineer")));
        var sheet = await _api.GetAsync($"training-sheets/{Id}").Expect(HttpStatusCode.OK);
        Assert.That((sheet["flagged_pairs"].GetInt64(), sheet["unlabeled_pairs"].GetInt64(), sheet["labeled_pairs"].GetInt64()), Is.EqualTo((1, 1, 1)));
    }

    [TestCase("edit", """{"content": " "}""", "content")]
    [TestCase("edit", "{}", "content")]
    [TestCase("flag", "{}", "reason")]
    [TestCase("flag", """{"reason": "odd", "why": 1}""", "why")]
    [TestCase("reject", """{"because": "odd"}""", "because")]
    public async Task Decide_WhenTheBodyIsFaulty_NamesTheField(string decision, string body, string field)
    {
        var refused = await _api.PostAsync($"{_pair}/{decision}", body).Expect(HttpStatusCode.BadRequest);

        Assert.That(refused["errors"].EnumerateObject().Select(error => error.Name), Is.EqualTo(new[] { field }));
    }

    [Test]
    public async Task Decide_WhenThereIsNoSuchPair_IsNotFound() =>
        Assert.That((await _api.PostAsync("qa-pairs/nonsense/approve", null).Expect(HttpStatusCode.NotFound)).Code, Is.EqualTo("qa_pair_not_found"));

    [Test]
    public async Task Bulk_WhenPairsAreNamed_SaysWhatChangedAndWhatNot()
    {
        var bulk = await _api.PostAsync("qa-pairs/bulk", $$"""{"action": "approve", "ids": ["{{PairBuilder.FromModel("a", 0, Id.Value).Id}}", "{{PairBuilder.FromModel("c", 0, Id.Value).Id}}", "gone"]}""")
            .Expect(HttpStatusCode.OK);

        Snapshot.Match(bulk.Json.Pretty());
    }

    [Test]
    public async Task Bulk_WhenAFilterIsGiven_DecidesOnWhatItFinds()
    {
        var bulk = await _api.PostAsync("qa-pairs/bulk", $$$"""{"action": "reject", "filter": {"training_sheet_id": "{{{Id}}}", "status": "unlabeled", "labeling_mode": "ai_generated"}, "reason": "drafts"}""")
            .Expect(HttpStatusCode.OK);

        Assert.That((bulk["changed"].GetInt64(), bulk["refused_count"].GetInt64()), Is.EqualTo((2, 0)));
        Assert.That(_ports.Store.Pairs.Where(pair => pair.State.TrainingSheetId == Id).Select(pair => pair.Status), Is.EqualTo(new[] { QAPairStatus.Rejected, QAPairStatus.Rejected, QAPairStatus.Labeled }));
        Assert.That((await _api.GetAsync($"training-sheets/{Id}"))["status"].GetString(), Is.EqualTo("approved"));
    }

    [TestCase("""{"action": "edit", "ids": ["a"]}""", "action")]
    [TestCase("""{"ids": ["a"]}""", "action")]
    [TestCase("""{"action": "approve"}""", "ids")]
    [TestCase("""{"action": "approve", "ids": ["a"], "filter": {"training_sheet_id": "reviewed"}}""", "ids")]
    [TestCase("""{"action": "flag", "ids": ["a"]}""", "reason")]
    [TestCase("""{"action": "approve", "filter": {}}""", "filter.training_sheet_id")]
    [TestCase("""{"action": "approve", "filter": {"training_sheet_id": "reviewed", "status": "odd"}}""", "filter.status")]
    [TestCase("""{"action": "approve", "filter": {"training_sheet_id": "reviewed", "mode": "odd"}}""", "filter.mode")]
    public async Task Bulk_WhenTheBodyIsFaulty_NamesTheField(string body, string field)
    {
        var refused = await _api.PostAsync("qa-pairs/bulk", body).Expect(HttpStatusCode.BadRequest);

        Assert.That(refused["errors"].EnumerateObject().Select(error => error.Name), Is.EqualTo(new[] { field }));
    }

    [Test]
    public async Task MarkTrained_WhenEveryPairIsDecidedOn_FreezesIt()
    {
        Assert.That((await _api.PostAsync($"training-sheets/{Id}/mark-trained", null).Expect(HttpStatusCode.Conflict)).Code, Is.EqualTo("illegal_transition"));
        await _api.PostAsync("qa-pairs/bulk", $$$"""{"action": "approve", "filter": {"training_sheet_id": "{{{Id}}}", "status": "unlabeled"}}""").Expect(HttpStatusCode.OK);

        var trained = await _api.PostAsync($"training-sheets/{Id}/mark-trained", null).Expect(HttpStatusCode.OK);
        var again = await _api.PostAsync($"training-sheets/{Id}/mark-trained", null).Expect(HttpStatusCode.OK);

        Assert.That((trained["status"].GetString(), again.Text), Is.EqualTo(("trained", trained.Text)));
        Assert.That((await _api.PostAsync($"{_pair}/flag", """{"reason": "odd"}""").Expect(HttpStatusCode.Conflict)).Code, Is.EqualTo("illegal_transition"));
        await _api.PostAsync("training-sheets/none/mark-trained", null).Expect(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Versions_WhenALabelWasChangedAndDeleted_AreAllThere()
    {
        var approved = await _api.PostAsync($"{_pair}/approve", null).Expect(HttpStatusCode.OK);
        await _api.PostAsync($"{_pair}/edit", """{"content": "a crack"}""").Expect(HttpStatusCode.OK);
        var label = approved["canonical_label_id"].GetString();
        await _api.DeleteAsync($"canonical-labels/{label}").Expect(HttpStatusCode.NoContent);

        var versions = await _api.GetAsync($"canonical-labels/{label}/versions").Expect(HttpStatusCode.OK);

        Assert.That((await _api.GetAsync("canonical-labels/none/versions").Expect(HttpStatusCode.NotFound)).Code, Is.EqualTo("label_not_found"));
        Snapshot.Match(versions.Json.Pretty());
    }

    private async Task<string> TagAsync()
    {
        using var response = await _api.Client.GetAsync($"/api/v1/{_pair}");
        return response.Headers.ETag!.ToString();
    }
}
