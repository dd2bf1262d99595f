using Microsoft.AspNetCore.Http;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Databricks;
using Mirion.Generation.Infrastructure.Databricks.Jobs;
using Mirion.Generation.Infrastructure.IntegrationTests.Models;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Http;

/// <summary>What is told of an answer that is no success, and what is not.</summary>
[TestFixture]
public sealed class FailureTests
{
    private static readonly string[] Planted = ["dose-SECRET", "token-SECRET", "body-SECRET", "dapi-SECRET", Convert.ToBase64String("client:dose-SECRET"u8)];
    private ScriptedWorkspace _workspace = null!;
    private DatabricksHost _host = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _workspace = await ScriptedWorkspace.StartAsync();
        _host = Host(("Workspace:Databricks:Token", "dapi-SECRET"));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _workspace.DisposeAsync();
    }

    [TestCase("""{"error_code":"PERMISSION_DENIED","message":"body-SECRET"}""", "PERMISSION_DENIED")]
    [TestCase("""{"error_code":403,"message":"body-SECRET"}""", null)]
    [TestCase("""{"error":"access_denied","error_description":"body-SECRET"}""", "access_denied")]
    [TestCase("""{"error":{"message":"body-SECRET"}}""", null)]
    [TestCase("""{"error_code":"body-SECRET with spaces"}""", null)]
    [TestCase("""{"detail":"body-SECRET","status":"403","scimType":"x"}""", null)]
    [TestCase("""["body-SECRET"]""", null)]
    [TestCase("\"body-SECRET\"", null)]
    [TestCase("PERMISSION_DENIED: body-SECRET", null)]
    [TestCase("<html><pre>body-SECRET</pre></html>", null)]
    [TestCase("""{"error_code":"PERMISSION""", null)]
    [TestCase("null", null)]
    [TestCase("", null)]
    public async Task Call_WhateverFormARefusalHas_TellsStatusCodeAndRequestIdAndNothingOfTheBody(string body, string? code)
    {
        var thrown = await RefusedAsync(403, body);

        Assert.That((thrown.Status, thrown.ErrorCode, thrown.Code), Is.EqualTo((403, code, "databricks_failed")));
        Assert.That(thrown.Message, Does.Contain("HTTP 403").And.Contain(ScriptedWorkspace.RequestId).And.Contain("GET /api/2.2/jobs/runs/get").And.Contain(code ?? ""));
        Assert.That(thrown.Message, Does.Not.Contain("run_id="), "queries may be secrets");
        AssertNothingPlantedIn(thrown.ToString());
    }

    [Test]
    public async Task Call_WhenARefusalHasAReason_TellsIt()
    {
        var thrown = await RefusedAsync(404, """{"error_code":"NOT_FOUND","details":["odd",{"@type":"type.googleapis.com/google.rpc.RequestInfo"},{"@type":"x","reason":"FILES_API_RESOURCE_NOT_FOUND"}]}""");

        Assert.That((thrown.Reason, thrown.IsNotFound), Is.EqualTo(("FILES_API_RESOURCE_NOT_FOUND", true)));
    }

    [TestCase(404, "{}", true)]
    [TestCase(400, """{"error_code":"INVALID_PARAMETER_VALUE","message":"Run 7 does not exist."}""", true)]
    [TestCase(400, """{"error_code":"INVALID_PARAMETER_VALUE","message":"bad"}""", false)]
    [TestCase(403, """{"message":"does not exist"}""", false)]
    public async Task Call_WhenSomethingIsNotThere_SaysSo(int status, string body, bool expected) => Assert.That((await RefusedAsync(status, body)).IsNotFound, Is.EqualTo(expected));

    [TestCase(400, UpstreamFault.Failed)]
    [TestCase(408, UpstreamFault.TimedOut)]
    [TestCase(429, UpstreamFault.Unavailable)]
    [TestCase(500, UpstreamFault.Failed)]
    [TestCase(502, UpstreamFault.Unavailable)]
    [TestCase(503, UpstreamFault.Unavailable)]
    [TestCase(504, UpstreamFault.TimedOut)]
    public async Task Call_WhateverTheStatus_SaysWhatSortOfTroubleItIs(int status, UpstreamFault expected) => Assert.That((await RefusedAsync(status, "")).Fault, Is.EqualTo(expected));

    [Test]
    public async Task Call_WhenASignInPageIsSent_TakesItForNoSuccess()
    {
        _workspace.Always(ScriptedWorkspace.Body(200, "text/html; charset=utf-8", "<html>body-SECRET</html>"));

        var thrown = (await Assert.ThrowsAsync<DatabricksException>(CallAsync))!;

        Assert.That(thrown.Message, Does.Contain("web page").And.Contain("Workspace:Databricks:Host"));
        AssertNothingPlantedIn(thrown.ToString());
    }

    [Test]
    public async Task Call_WhenItIsRedirected_DoesNotFollow()
    {
        _workspace.Always(context =>
        {
            context.Response.Headers.Location = "/elsewhere?token=body-SECRET";
            context.Response.StatusCode = 302;
            return Task.CompletedTask;
        });

        var thrown = (await Assert.ThrowsAsync<DatabricksException>(CallAsync))!;

        Assert.That(thrown.Message, Does.Contain("redirects"));
        Assert.That(_workspace.Requests, Has.Count.EqualTo(1));
        AssertNothingPlantedIn(thrown.ToString());
    }

    [Test]
    public async Task Call_WhateverGoesWrong_LogsAndThrowsNoTokenNoSecretAndNoData()
    {
        await using var host = Host(("Workspace:Databricks:ClientId", "client"), ("Workspace:Databricks:ClientSecret", "dose-SECRET"));
        RequestDelegate issue = ScriptedWorkspace.Json(200, """{"access_token":"token-SECRET","expires_in":3600}""");
        RequestDelegate[][] scripts =
        [
            [ScriptedWorkspace.Json(401, """{"error_description":"body-SECRET"}""")],
            [ScriptedWorkspace.Json(200, "body-SECRET")],
            [issue, ScriptedWorkspace.Json(500, "body-SECRET"), ScriptedWorkspace.Reset(), ScriptedWorkspace.Json(429, "body-SECRET"), ScriptedWorkspace.Json(403, "body-SECRET")],
            [ScriptedWorkspace.Json(401, "body-SECRET"), issue, ScriptedWorkspace.Json(401, "body-SECRET")],
        ];

        foreach (var script in scripts)
        {
            _workspace.Next(script);
            var thrown = (await Assert.CatchAsync(async () => await host.Get<IJobsApi>().GetRunAsync(7, CancellationToken.None)))!;
            AssertNothingPlantedIn(thrown.ToString());
        }

        Assert.That(host.Logs.Text, Does.Contain("HTTP 500"), "retries are logged");
        AssertNothingPlantedIn(host.Logs.Text);
    }

    private static void AssertNothingPlantedIn(string text) => Assert.That(Planted.Where(text.Contains), Is.Empty, text);

    private DatabricksHost Host(params (string Key, string? Value)[] settings) => DatabricksHost.At(_workspace.Host, new SkippingClock(TimeSpan.FromMinutes(2)), settings);

    private async Task<DatabricksException> RefusedAsync(int status, string body)
    {
        _workspace.Always(ScriptedWorkspace.Json(status, body));
        return (await Assert.ThrowsAsync<DatabricksException>(CallAsync))!;
    }

    private async Task CallAsync() => await _host.Get<IJobsApi>().GetRunAsync(7, CancellationToken.None);
}
