using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Api.IntegrationTests;

/// <summary>The API as a Databricks app: the proxy in front of it says who is asking.</summary>
internal sealed class ForwardedUserTests
{
    private const string Planted = "dapi-PLANTED-4f1c";
    private const string Label = """{"sheet_id": "inspections", "item_ref": "item-2", "label_type": "classification", "label_data": "scratch"}""";
    private const string Job = """{"sheet_id": "inspections", "template_id": "triage", "generation_config": {"execution": "job"}}""";

    private static readonly (string Name, string Value) Email = ("X-Forwarded-Email", "dr.lee@example.com");
    private static readonly (string Name, string Value) Preferred = ("X-Forwarded-Preferred-Username", "dr.lee");
    private static readonly (string Name, string Value) Id = ("X-Forwarded-User", "7042");
    private static readonly (string Name, string Value) Token = ("X-Forwarded-Access-Token", Planted);

    private FakePorts _ports = null!;

    [SetUp]
    public async Task SeedAsync() => _ports = await new FakePorts().SeedAsync();

    private static IEnumerable<TestCaseData> Callers()
    {
        yield return new TestCaseData(new[] { Id, Preferred, Email }, "dr.lee@example.com").SetArgDisplayNames("email first");
        yield return new TestCaseData(new[] { Id, Preferred }, "dr.lee").SetArgDisplayNames("user name next");
        yield return new TestCaseData(new[] { Id, ("X-Forwarded-Email", " ") }, "7042").SetArgDisplayNames("id last");
    }

    [TestCaseSource(nameof(Callers))]
    public async Task Request_WhenTheProxySaysWhoAsks_IsTheirs((string, string)[] headers, string name)
    {
        using var api = Start();

        var label = await api.PostAsync("canonical-labels", Label, headers: headers).Expect(HttpStatusCode.Created);

        Assert.That(label["labeled_by"].GetString(), Is.EqualTo(name));
    }

    [Test]
    public async Task Request_WhenNobodyIsSaidToAsk_IsRefusedBeforeAnythingElse()
    {
        using var api = Start();

        foreach (var (path, headers) in new (string, (string, string)[])[] { ("sheets", []), ("sheets", [Token]), ("sheets", [Email, Email]), ("nothing", []), ("/openapi/v1.json", []) })
        {
            var refused = await api.SendAsync(HttpMethod.Get, path, headers: headers).Expect(HttpStatusCode.Unauthorized);
            Assert.That((refused.Code, refused.MediaType), Is.EqualTo(("unauthenticated", "application/problem+json")));
        }
    }

    [Test]
    public async Task Health_WhenNobodyIsSaidToAsk_StaysOpen()
    {
        using var api = Start();

        await api.GetAsync("/health/live").Expect(HttpStatusCode.OK);
        await api.GetAsync("/health/ready").Expect(HttpStatusCode.OK);
    }

    [Test]
    public async Task Request_InAnyOtherMode_IsNobodysWhateverItSays()
    {
        using var api = Start(("Authentication:Mode", "None"));

        var label = await api.PostAsync("canonical-labels", Label, headers: [Email, Token]).Expect(HttpStatusCode.Created);

        Assert.That(label["labeled_by"].GetString(), Is.Not.EqualTo(Email.Value));
        Assert.That(api.Services.GetRequiredService<ICurrentUser>().AccessToken, Is.Null);
    }

    [TestCase(null, "app-123.cloud.databricksapps.com", null, HttpStatusCode.OK)]
    [TestCase("*.databricksapps.com", "10.1.2.3:8000", "app-123.cloud.databricksapps.com", HttpStatusCode.OK)]
    [TestCase("*.databricksapps.com", "app-123.cloud.databricksapps.com", null, HttpStatusCode.OK)]
    [TestCase("*.databricksapps.com", "app-123.cloud.databricksapps.com", "evil.example.com", HttpStatusCode.BadRequest)]
    public async Task Request_ByWhateverNameTheProxyCalls_IsAnsweredUnlessNamesAreSet(string? allowed, string host, string? forwarded, HttpStatusCode status)
    {
        using var api = Start(("AllowedHosts", allowed));

        await api.SendAsync(HttpMethod.Get, "sheets", headers: [Email, ("Host", host), .. forwarded is null ? Array.Empty<(string, string)>() : [("X-Forwarded-Host", forwarded)]]).Expect(status);
    }

    [Test]
    public async Task Token_WhateverGoesWrong_StandsInNoAnswerAndNoLog()
    {
        using var api = Start(("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft", "Trace"));
        (string, string)[] headers = [Email, Token];
        var replies = new List<Reply>
        {
            await api.PostAsync("training-sheets/generate", Job, headers: headers).Expect(HttpStatusCode.Accepted),
            await api.SendAsync(HttpMethod.Get, "sheets", headers: [Token]).Expect(HttpStatusCode.Unauthorized),
            await api.PostAsync("sheets", "{", headers: headers).Expect(HttpStatusCode.BadRequest),
            await api.SendAsync(HttpMethod.Get, "nothing", headers: headers).Expect(HttpStatusCode.NotFound),
        };
        _ports.LaunchFailure = new UpstreamException("databricks_failed", "The job could not be started.");
        replies.Add(await api.PostAsync("training-sheets/generate", Job, headers: headers).Expect(HttpStatusCode.BadGateway));
        _ports.LaunchFailure = null;
        _ports.Model.Refusal = new Error(ErrorKind.Upstream, "foundation_model_failed", "It refused.");
        replies.Add(await api.PostAsync("training-sheets/generate", Job, headers: headers).Expect(HttpStatusCode.BadGateway));

        Assert.That(replies.Select(reply => reply.Text), Has.None.Contains(Planted));
        Assert.That(api.Log.Lines, Has.Some.Matches<LogLine>(line => line!.Level == LogLevel.Debug), "the log is as talkative as it can be");
        Assert.That(api.Log.Lines.Select(line => $"{line.Message} {line.Exception}"), Has.None.Contains(Planted));
    }

    [Test]
    public async Task Listen_WhenAnAppIsToldItsPort_ListensThereForTheProxy()
    {
        var folder = Directory.CreateTempSubdirectory("mirion-app-");
        using (var host = HostProcess.Start(
            folder.FullName, ["--Workspace:Local:SeedSample", "false"], ("Authentication__Mode", "DatabricksApps"), ("DATABRICKS_APP_PORT", "0")))
        {
            Assert.That((await host.ListeningAsync()).Host, Is.EqualTo("0.0.0.0"));
        }

        folder.Delete(recursive: true);
    }

    // The ports but for the user, whom the host itself makes out.
    private TestApi Start(params (string, string?)[] settings) => TestApi.Start(
        services =>
        {
            var user = services.Last(service => service.ServiceType == typeof(ICurrentUser));
            _ports.Register(services);
            services.Add(user);
        },
        [("Authentication:Mode", "DatabricksApps"), .. settings]);
}
