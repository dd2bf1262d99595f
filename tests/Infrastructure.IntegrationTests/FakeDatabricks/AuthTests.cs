using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Mirion.Generation.FakeDatabricks;

namespace Mirion.Generation.Infrastructure.IntegrationTests.FakeDatabricks;

public sealed class AuthTests : WorkspaceFixture
{
    private readonly FakeTimeProvider _clock = new();

    private protected override FakeDatabricksOptions Options => new() { Clock = _clock };

    private string Staging => $"/api/2.0/fs/directories{Workspace.StagingVolume}";

    [Test]
    public async Task Any_WithoutToken_IsChallenged()
    {
        using var nobody = As(null);
        var answer = await nobody.GetAsync(Staging);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(401));
            Assert.That(answer.Body, Is.EqualTo("""{"error_code":401,"message":"Credential was not sent or was of an unsupported type for this API."}"""));
            Assert.That(answer.Header("www-authenticate"), Is.EqualTo("Bearer realm=\"DatabricksRealm\""));
            Assert.That(answer.Header("x-request-id"), Is.Not.Empty);
        });
    }

    [Test]
    public async Task Any_WithWrongToken_IsForbidden()
    {
        using var stranger = As("dapi-of-somewhere-else");
        var answer = await stranger.GetAsync(Staging);
        Assert.That((answer.Status, answer.Body), Is.EqualTo((403, """{"error_code":403,"message":"Invalid access token."}""")));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Token_WithTheSecret_LetsInUntilItEnds(bool basic)
    {
        var issued = await IssueAsync(Workspace.ClientId, Workspace.ClientSecret, basic);
        Assert.That(issued.Status, Is.EqualTo(200));
        using var machine = As(issued.Json.GetProperty("access_token").GetString());
        Assert.That((await machine.GetAsync(Staging)).Status, Is.EqualTo(200));

        _clock.Advance(TimeSpan.FromHours(1));

        Assert.That((await machine.GetAsync(Staging)).Status, Is.EqualTo(401));
        Assert.That(Workspace.Requests.Select(request => (request.Method, request.Identity, request.Status)), Is.EqualTo(new (string, string?, int)[]
        {
            ("POST", null, 200), ("GET", "service-principal", 200), ("GET", "service-principal", 401),
        }));
    }

    [Test]
    public async Task Token_InTurns_GivesItsLifeAsNumberAndAsText()
    {
        var kinds = new List<JsonValueKind>();
        for (var i = 0; i < 2; i++)
            kinds.Add((await IssueAsync(Workspace.ClientId, Workspace.ClientSecret, basic: true)).Json.GetProperty("expires_in").ValueKind);
        Assert.That(kinds, Is.EqualTo(new[] { JsonValueKind.Number, JsonValueKind.String }));
    }

    [TestCase("5e1f0f5a-0000-4000-8000-00000000f4ce", "wrong", "client_credentials", 401, "invalid_client")]
    [TestCase("somebody", "dose-of-the-fake-workspace", "client_credentials", 401, "invalid_client")]
    [TestCase("5e1f0f5a-0000-4000-8000-00000000f4ce", "dose-of-the-fake-workspace", "password", 400, "unsupported_grant_type")]
    public async Task Token_WhenAskedWrongly_IsRefused(string id, string secret, string grant, int status, string error)
    {
        var answer = await IssueAsync(id, secret, basic: true, grant);
        Assert.That((answer.Status, answer.Json.GetProperty("error").GetString()), Is.EqualTo((status, error)));
    }

    [Test]
    public async Task Discovery_ForAnyone_NamesTheTokenEndpoint()
    {
        using var nobody = As(null);
        var answer = await nobody.GetAsync("/oidc/.well-known/oauth-authorization-server");
        Assert.That(answer.Json.GetProperty("token_endpoint").GetString(), Is.EqualTo($"{Workspace.Host}oidc/v1/token"));
    }

    [Test]
    public async Task ExpireTokens_WhenMachinesHaveSome_EndsTheirsAlone()
    {
        using var machine = As((await IssueAsync(Workspace.ClientId, Workspace.ClientSecret, basic: true)).Json.GetProperty("access_token").GetString());
        Workspace.ExpireTokens();
        Assert.That(((await machine.GetAsync(Staging)).Status, (await Api.GetAsync(Staging)).Status), Is.EqualTo((401, 200)));
    }

    [Test]
    public async Task Deny_WhenUserAsks_AnswersForbiddenThereAlone()
    {
        using var alice = As(Workspace.AddUserToken("alice"));
        using var bob = As(Workspace.AddUserToken("bob"));
        Workspace.Deny("alice", "/api/2.0/fs/files");

        var denied = await alice.GetAsync($"/api/2.0/fs/files{Workspace.StagingVolume}/x");

        Assert.That((denied.Status, denied.Json.GetProperty("error_code").GetString()), Is.EqualTo((403, "PERMISSION_DENIED")));
        Assert.That((await alice.GetAsync(Staging)).Status, Is.EqualTo(200));
        Assert.That((await bob.GetAsync($"/api/2.0/fs/files{Workspace.StagingVolume}/x")).Status, Is.EqualTo(404));
        Assert.That(Workspace.Requests.Select(request => request.Identity), Is.EqualTo(new[] { "alice", "alice", "bob" }));
    }

    private async Task<Answer> IssueAsync(string id, string secret, bool basic, string grant = "client_credentials")
    {
        var form = new Dictionary<string, string> { ["grant_type"] = grant, ["scope"] = "all-apis" };
        if (!basic) (form["client_id"], form["client_secret"]) = (id, secret);
        var header = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}")));
        using var nobody = As(null);
        using var content = new FormUrlEncodedContent(form);
        return await nobody.SendAsync(HttpMethod.Post, "/oidc/v1/token", content, basic ? [("Authorization", header.ToString())] : []);
    }
}
