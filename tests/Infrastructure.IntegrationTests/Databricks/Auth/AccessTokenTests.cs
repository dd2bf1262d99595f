using System.Text;
using Microsoft.AspNetCore.Http;
using Mirion.Generation.FakeDatabricks;
using Mirion.Generation.Infrastructure.Databricks;
using Mirion.Generation.Infrastructure.Databricks.Auth;
using Mirion.Generation.Infrastructure.Databricks.Jobs;
using Mirion.Generation.Infrastructure.IntegrationTests.Models;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Auth;

/// <summary>Who the workspace is told that it speaks to, and for how long.</summary>
[TestFixture]
public sealed class AccessTokenTests
{
    private static readonly (string Key, string? Value)[] Principal =
        [("Workspace:Databricks:ClientId", "client"), ("Workspace:Databricks:ClientSecret", "dose-SECRET"), ("Workspace:Databricks:JobId", "1")];

    private ScriptedWorkspace _workspace = null!;
    private SkippingClock _clock = null!;
    private DatabricksHost _host = null!;
    private int _issued;

    private IAccessTokens Tokens => _host.Get<IAccessTokens>();

    private IEnumerable<ScriptedRequest> TokenRequests => _workspace.Requests.Where(request => request.Path == "/oidc/v1/token");

    [SetUp]
    public async Task StartAsync()
    {
        _issued = 0;
        _workspace = await ScriptedWorkspace.StartAsync();
        _workspace.Always(context => context.Request.Path == "/oidc/v1/token" ? Issue()(context) : ScriptedWorkspace.Json(200, "{}")(context));
        _clock = new SkippingClock(TimeSpan.FromMinutes(2));
        _host = DatabricksHost.At(_workspace.Host, _clock, Principal);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _workspace.DisposeAsync();
    }

    [Test]
    public async Task Call_WhenThereIsAPersonalToken_CarriesIt()
    {
        await using var host = DatabricksHost.At(_workspace.Host, _clock, ("Workspace:Databricks:Token", "dapi-1"));

        await host.Get<IJobsApi>().GetAsync(1, CancellationToken.None);

        Assert.That(_workspace.Requests.Select(request => request.Authorization), Is.EqualTo(new[] { "Bearer dapi-1" }));
    }

    [Test]
    public async Task Call_WhenAPersonalTokenIsRefused_IsNotMadeAgain()
    {
        await using var host = DatabricksHost.At(_workspace.Host, _clock, ("Workspace:Databricks:Token", "dapi-1"));
        _workspace.Always(ScriptedWorkspace.Json(401, """{"error_code":401,"message":"no"}"""));

        Assert.That(async () => await host.Get<IJobsApi>().GetAsync(1, CancellationToken.None), Throws.TypeOf<DatabricksException>().With.Property("Status").EqualTo(401));
        Assert.That(_workspace.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Call_WhenThereIsAServicePrincipal_FetchesATokenOnceAndCarriesIt()
    {
        for (var i = 0; i < 3; i++) await _host.Get<IJobsApi>().GetAsync(1, CancellationToken.None);

        var asked = TokenRequests.Single();
        Assert.That(asked.Authorization, Is.EqualTo($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("client:dose-SECRET"))}"));
        Assert.That(asked.Body, Is.EqualTo("grant_type=client_credentials&scope=all-apis"));
        Assert.That(_workspace.Requests.Where(request => request.Path != asked.Path).Select(request => request.Authorization), Is.EqualTo(Enumerable.Repeat("Bearer token-1", 3)));
    }

    [Test]
    public async Task GetAsync_WhenManyAskBeforeThereIsAToken_FetchesOne()
    {
        var tokens = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => GetAsync()));

        Assert.That(tokens, Is.All.EqualTo("token-1"));
        Assert.That(TokenRequests.Count(), Is.EqualTo(1));
    }

    [TestCase(39, "token-1")]
    [TestCase(41, "token-2")]
    public async Task GetAsync_WhenATokenIsNearItsEnd_RenewsIt(int minutes, string expected)
    {
        await GetAsync();

        _clock.Advance(TimeSpan.FromMinutes(minutes));

        Assert.That(await GetAsync(), Is.EqualTo(expected));
    }

    [Test]
    public async Task GetAsync_WhileOneRenewsAToken_GivesTheOthersTheOldOneAtOnce()
    {
        await GetAsync();
        _clock.Advance(TimeSpan.FromMinutes(45));
        var (asked, answered) = (new TaskCompletionSource(), new TaskCompletionSource());
        _workspace.Next(async context =>
        {
            asked.SetResult();
            await answered.Task;
            await Issue()(context);
        });
        var renewing = GetAsync();
        await asked.Task;

        var others = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => GetAsync()));

        Assert.That(others, Is.All.EqualTo("token-1"));
        answered.SetResult();
        Assert.That((await renewing, await GetAsync(), TokenRequests.Count()), Is.EqualTo(("token-2", "token-2", 2)));
    }

    [Test]
    public async Task GetAsync_WhenATokenCannotBeRenewed_UsesItOnAndTriesAgainInAWhile()
    {
        await GetAsync();
        _clock.Advance(TimeSpan.FromMinutes(45));
        _workspace.Next(ScriptedWorkspace.Json(400, """{"error":"invalid_client"}"""));

        string[] tokens = [await GetAsync(), await GetAsync()];

        Assert.That(tokens, Is.All.EqualTo("token-1"));
        Assert.That(TokenRequests.Count(), Is.EqualTo(2), "the first, and one renewal that failed");
        Assert.That(_host.Logs.Text, Does.Contain("could not be renewed").And.Not.Contain("SECRET").And.Not.Contain("token-1"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await GetAsync(), Is.EqualTo("token-2"));
    }

    [Test]
    public async Task GetAsync_WhenATokenHasEndedAndThereIsNoOther_Throws()
    {
        await GetAsync();
        _clock.Advance(TimeSpan.FromMinutes(60));
        _workspace.Always(ScriptedWorkspace.Json(500, ""));

        Assert.That(async () => await GetAsync(), Throws.TypeOf<DatabricksException>().With.Property("Status").EqualTo(500));
        Assert.That(TokenRequests.Count(), Is.EqualTo(1 + 5), "the first, and five attempts at the second");
    }

    [TestCase(400, """{"error":"invalid_client","error_description":"SECRET"}""")]
    [TestCase(401, """{"error":"invalid_client"}""")]
    public async Task GetAsync_WhenTheSecretIsWrong_NamesTheSettings(int status, string body)
    {
        _workspace.Always(ScriptedWorkspace.Json(status, body));

        var thrown = (await Assert.ThrowsAsync<DatabricksException>(GetAsync))!;

        Assert.That(thrown.Message, Does.Contain("Workspace:Databricks:ClientId").And.Contain($"HTTP {status}"));
        Assert.That(thrown.ToString(), Does.Not.Contain("SECRET"));
        Assert.That(_workspace.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("\"3600\"", 39, "token-1")]
    [TestCase("\"3600\"", 41, "token-2")]
    [TestCase("60", 0.6, "token-2", Description = "half of a short life is over")]
    [TestCase("0", 39, "token-1", Description = "an hour where the reply does not say")]
    public async Task GetAsync_WhateverFormALifetimeHas_GoesByIt(string expiresIn, double minutes, string expected)
    {
        _workspace.Next(context => Issue(expiresIn)(context));
        await GetAsync();

        _clock.Advance(TimeSpan.FromMinutes(minutes));

        Assert.That(await GetAsync(), Is.EqualTo(expected));
    }

    [TestCase("{}")]
    [TestCase("""{"access_token":""}""")]
    public void GetAsync_WhenTheReplyHasNoToken_Throws(string body)
    {
        _workspace.Always(ScriptedWorkspace.Json(200, body));

        Assert.That(GetAsync, Throws.TypeOf<DatabricksException>());
    }

    [Test]
    public async Task Call_WhenATokenIsRefused_IsMadeOnceMoreWithTheNext()
    {
        await GetAsync();
        _workspace.Next(ScriptedWorkspace.Json(401, ""));

        await _host.Get<IJobsApi>().GetAsync(1, CancellationToken.None);

        Assert.That(_workspace.Requests.Select(request => request.Authorization).Where(header => header.StartsWith("Bearer", StringComparison.Ordinal)), Is.EqualTo(new[] { "Bearer token-1", "Bearer token-2" }));
    }

    [Test]
    public void Call_WhenEveryTokenIsRefused_GivesUpAfterTheSecond()
    {
        _workspace.Always(context => (context.Request.Path == "/oidc/v1/token" ? Issue() : ScriptedWorkspace.Json(401, ""))(context));

        Assert.That(async () => await _host.Get<IJobsApi>().GetAsync(1, CancellationToken.None), Throws.TypeOf<DatabricksException>().With.Property("Status").EqualTo(401));
        Assert.That(_workspace.Requests.Count(request => request.Path != "/oidc/v1/token"), Is.EqualTo(2));
    }

    [Test]
    public async Task Call_WhenTokensEndEarlyInAWorkspace_GoesOnWithNewOnes()
    {
        await using var workspace = await FakeDatabricksWorkspace.StartAsync();
        await using var host = DatabricksHost.For(workspace);
        await host.Get<IJobsApi>().GetAsync(workspace.JobId, CancellationToken.None);

        workspace.ExpireTokens();

        await host.Get<IJobsApi>().GetAsync(workspace.JobId, CancellationToken.None);
        Assert.That(workspace.Requests.Select(request => request.Status), Is.EqualTo(new[] { 200, 200, 401, 200, 200 }));
        Assert.That(workspace.Requests[^1].Identity, Is.EqualTo("service-principal"));
    }

    private async Task<string> GetAsync() => await Tokens.GetAsync(CancellationToken.None);

    private RequestDelegate Issue(string expiresIn = "3600") => context =>
        ScriptedWorkspace.Json(200, $$"""{"access_token":"token-{{Interlocked.Increment(ref _issued)}}","token_type":"Bearer","expires_in":{{expiresIn}},"scope":"all-apis"}""")(context);
}
