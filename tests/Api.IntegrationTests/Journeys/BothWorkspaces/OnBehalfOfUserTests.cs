using System.Net;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.FakeDatabricks.Requests;

namespace Mirion.Generation.Api.IntegrationTests.Journeys.BothWorkspaces;

/// <summary>The API as a Databricks app: source data is read with the rights of whoever asks, everything of the product's own with those of the app.</summary>
internal sealed class OnBehalfOfUserTests
{
    private const string Generate = """{"sheet_id": "boards", "template_id": "triage", "generation_config": {"execution": "sync", "few_shot": 1}}""";
    private const string App = "service-principal";

    private Trip _trip = null!;
    private string _token = null!;

    [SetUp]
    public async Task BeginAsync()
    {
        _trip = await Trip.BeginWithNothingDefinedAsync(settings: ("Authentication:Mode", "DatabricksApps"));
        _token = _trip.Workspace.AddUserToken("ada");
        await AsAdaAsync("sheets", Boards.Sheet("boards")).Expect(HttpStatusCode.Created);
        await AsAdaAsync("templates", Journey.Template).Expect(HttpStatusCode.Created);
        await AsAdaAsync("canonical-labels/bulk", Boards.Labels("boards", Trip.Items), "application/x-ndjson").Expect(HttpStatusCode.OK);
    }

    [TearDown]
    public async Task EndAsync() => await _trip.DisposeAsync();

    [Test]
    public async Task Generate_WhenTheUserBringsAToken_ReadsTheSourceWithItAndNothingElse()
    {
        var before = _trip.Workspace.Requests.Count;

        var generated = await AsAdaAsync("training-sheets/generate", Generate).Expect(HttpStatusCode.Created);

        var requests = _trip.Workspace.Requests.Skip(before).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((generated.Text("created_by"), generated.Number("total_pairs")), Is.EqualTo(("ada@example.com", Trip.Items)));
            Assert.That(Who(requests, "/api/2.1/unity-catalog/"), Is.EqualTo(["ada"]));
            Assert.That(requests.Count(request => request is { Method: "POST", Path: "/api/2.0/sql/statements", Identity: "ada" }), Is.EqualTo(3), "the census, the items, and the examples among them");
            Assert.That(Who(requests, "/api/2.0/sql/statements"), Is.EquivalentTo(new[] { "ada", App }));
            Assert.That(Who(requests, "/api/2.0/fs/"), Is.EqualTo([App]), "batches pass through the app's own volume");
            Assert.That(Who(requests, "/serving-endpoints/"), Is.EqualTo([App]));
        }
    }

    [Test]
    public async Task Generate_WhenTheUserMayNotSeeTheTable_IsRefusedThoughTheAppMay()
    {
        _trip.Workspace.Deny("ada", "/api/2.1/unity-catalog");

        var refused = await AsAdaAsync("training-sheets/generate", Generate).Expect(HttpStatusCode.UnprocessableEntity);

        Assert.That(refused.Code, Is.EqualTo("source_not_found"));
        Assert.That(refused.Text, Does.Not.Contain(_token));
        Assert.That(_trip.Workspace.Serving.CallCount, Is.Zero);
    }

    [Test]
    public async Task Generate_WhenTheUserMayNotReadTheTable_IsRefusedThoughTheAppMay()
    {
        _trip.Workspace.Deny("ada", "/api/2.0/sql/statements");

        var refused = await AsAdaAsync("training-sheets/generate", Generate).Expect(HttpStatusCode.BadGateway);

        Assert.That(refused.Code, Is.EqualTo("databricks_failed"));
        Assert.That(refused.Text + string.Join('\n', _trip.Api.Log.Lines), Does.Not.Contain(_token));
    }

    private static IEnumerable<string?> Who(IEnumerable<RecordedRequest> requests, string path) =>
        requests.Where(request => request.Path.StartsWith(path, StringComparison.Ordinal)).Select(request => request.Identity).Distinct();

    private Task<Reply> AsAdaAsync(string path, string body, string mediaType = "application/json") =>
        _trip.Api.PostAsync(path, body, mediaType, ("X-Forwarded-Email", "ada@example.com"), ("X-Forwarded-Access-Token", _token));
}
