using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Api.IntegrationTests;

/// <summary>The host around the API: who may call it, what it logs, how it says that it is well.</summary>
internal sealed class HostTests
{
    private FakePorts _ports = null!;
    private TestApi _api = null!;

    [SetUp]
    public async Task RenewAsync() => (_api, _ports) = await SharedApi.RenewAsync();

    [TestCase("localhost", 200)]
    [TestCase("LOCALHOST:5080", 200)]
    [TestCase("127.0.0.1:1", 200)]
    [TestCase("[::1]:5080", 200)]
    [TestCase("evil.example.com", 400)]
    [TestCase("localhost.evil.example.com", 400)]
    [TestCase("192.168.0.1:5080", 400)]
    [TestCase("127.0.0.1.nip.io", 400)]
    public async Task Request_WhenItNamesAnotherHost_IsRefused(string host, int status)
    {
        foreach (var path in new[] { "sheets", "/health/live", "/metrics", "/openapi/v1.json", "/scalar/" })
        {
            var reply = await _api.SendAsync(HttpMethod.Get, path, headers: ("Host", host));

            Assert.That((int)reply.Status, Is.EqualTo(status), $"{path}: {reply.Text}");
        }
    }

    [Test]
    public async Task Request_WhenAnotherHostIsAllowedBySetting_IsAnswered()
    {
        using var api = TestApi.Over(_ports, ("AllowedHosts", "*.example.com; 10.0.0.1"));

        await api.SendAsync(HttpMethod.Get, "sheets", headers: ("Host", "tools.example.com")).Expect(HttpStatusCode.OK);
        await api.SendAsync(HttpMethod.Get, "sheets", headers: ("Host", "localhost")).Expect(HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Request_WhenTheSettingIsEmpty_MustStillNameThisMachine()
    {
        using var api = TestApi.Over(_ports, ("AllowedHosts", ""));

        await api.SendAsync(HttpMethod.Get, "sheets", headers: ("Host", "evil.example.com")).Expect(HttpStatusCode.BadRequest);
        await api.GetAsync("sheets").Expect(HttpStatusCode.OK);
    }

    [Test]
    public async Task CrossOrigin_WhenNothingIsConfigured_IsNotAllowed()
    {
        using var response = await PreflightAsync(_api, "https://app.example.com");

        Assert.That(response.Headers.Contains("Access-Control-Allow-Origin"), Is.False);
    }

    [Test]
    public async Task CrossOrigin_WhenTheOriginIsConfigured_IsAllowedForItAlone()
    {
        using var api = TestApi.Over(_ports, ("Cors:AllowedOrigins:0", "https://app.example.com"));

        using var ours = await PreflightAsync(api, "https://app.example.com");
        using var theirs = await PreflightAsync(api, "https://evil.example.com");

        Assert.That(ours.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(["https://app.example.com"]));
        Assert.That(theirs.Headers.Contains("Access-Control-Allow-Origin"), Is.False);
    }

    [Test]
    public async Task Health_WhenTheWorkspaceAnswers_IsReady()
    {

        await _api.GetAsync("/health/live").Expect(HttpStatusCode.OK);
        await _api.GetAsync("/health/ready").Expect(HttpStatusCode.OK);
    }

    [Test]
    public async Task Health_WhenTheWorkspaceIsGone_IsLiveButNotReady()
    {
        _ports.PingFailure = new UpstreamException("workspace_failed", "The database is gone.", UpstreamFault.Unavailable);

        await _api.GetAsync("/health/live").Expect(HttpStatusCode.OK);
        await _api.GetAsync("/health/ready").Expect(HttpStatusCode.ServiceUnavailable);
    }

    [Test]
    public async Task UpstreamFailure_WhenAnswered_IsLoggedOnceWithTheTraceOfTheAnswer()
    {
        _ports.LaunchFailure = new UpstreamException("databricks_failed", "The job could not be started.", inner: new HttpRequestException("SECRET BODY"));

        var reply = await _api.PostAsync("training-sheets/generate", Job).Expect(HttpStatusCode.BadGateway);

        var error = _api.Log.Errors.Single();
        Assert.That(error.Message, Is.EqualTo($"An upstream failed: databricks_failed (trace {reply["trace_id"]})"));
        Assert.That(reply.Text, Does.Not.Contain("SECRET").And.Not.Contain("   at "));
    }

    [Test]
    public async Task Bug_WhenAnswered_IsLoggedOnceAndTellsTheCallerNothingOfTheInside()
    {
        _ports.Bug = new InvalidOperationException("SECRET of the inside");

        var reply = await _api.PostAsync("training-sheets/generate", Job).Expect(HttpStatusCode.InternalServerError);

        var error = _api.Log.Errors.Single();
        Assert.That(error.Exception, Is.SameAs(_ports.Bug));
        Assert.That(error.Message, Does.Contain("/api/v1/training-sheets/generate").And.Contain(reply["trace_id"].GetString()));
        Assert.That(reply.Text, Does.Not.Contain("SECRET").And.Not.Contain("InvalidOperation"));
    }

    [Test]
    public async Task Refusal_WhenAnswered_IsNoErrorInTheLogAndTheLogHoldsNoBody()
    {

        await _api.PostAsync("sheets", """{"name": "SECRET", "nonsense": 1}""").Expect(HttpStatusCode.BadRequest);
        await _api.PostAsync("canonical-labels", """{"label_data": "SECRET"}""").Expect(HttpStatusCode.BadRequest);

        Assert.That(_api.Log.Lines.Where(line => line.Level >= LogLevel.Warning), Is.Empty);
        Assert.That(_api.Log.Lines.Where(line => line.Message.Contains("SECRET", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Caller_WhenGoneBeforeTheAnswer_IsNoError()
    {
        using var api = TestApi.Over(_ports, ("Generation:DrainSeconds", "0"));
        var asked = new TaskCompletionSource();
        _ports.Model.Replies(async (question, cancellationToken) =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return FakeFoundationModel.Reply(question, "too late");
        });
        using var leaving = new CancellationTokenSource();

        using var content = new StringContent("""{"sheet_id": "inspections", "template_id": "triage"}""", Encoding.UTF8, "application/json");
        var request = api.Client.PostAsync("/api/v1/training-sheets/generate", content, leaving.Token);
        await asked.Task;
        await leaving.CancelAsync();
        Assert.That(async () => await request, Throws.InstanceOf<OperationCanceledException>());
        var sheet = await UntilSettledAsync(api);

        Assert.That(sheet.GetProperty("status").GetString(), Is.EqualTo("failed"));
        Assert.That(sheet.GetProperty("status_reason").GetProperty("code").GetString(), Is.EqualTo("cancelled"));
        Assert.That(api.Log.Errors, Is.Empty);
    }

    [Test]
    public async Task Host_WhenStoppedDuringAGeneration_BreaksItOffAndSaysSo()
    {
        var asked = new TaskCompletionSource();
        _ports.Model.Replies(async (question, cancellationToken) =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return FakeFoundationModel.Reply(question, "too late");
        });
        using var api = TestApi.Over(_ports, ("Generation:DrainSeconds", "0"));

        var generating = api.PostAsync("training-sheets/generate", """{"sheet_id": "inspections", "template_id": "triage"}""");
        await asked.Task;
        api.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        var reply = await generating.Expect(HttpStatusCode.ServiceUnavailable);

        var sheet = (await _ports.Store.ListAsync(new PageRequest(10), CancellationToken.None)).Items.Single(sheet => sheet.State.CreatedBy == _ports.Name && sheet.Id.Value.Length > 20);
        Assert.That(reply.Code, Is.EqualTo("host_stopping"));
        Assert.That(sheet.State.StatusReason!.Code, Is.EqualTo("cancelled"));
        Assert.That(api.Log.Errors, Is.Empty);
    }

    [Test]
    public async Task Start_WhenAutoMapperHasNoLicenceKey_SaysNothingOfIt()
    {
        using var api = TestApi.Over(_ports);

        await api.GetAsync("sheets").Expect(HttpStatusCode.OK);

        Assert.That(api.Log.Lines.Where(line => line.Category.Contains("AutoMapper", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Answer_WhenTheCallerAcceptsNoJson_IsStillAProblem()
    {
        var ours = await _api.SendAsync(HttpMethod.Get, "sheets/unknown", headers: ("Accept", "text/csv"));
        var frameworks = await _api.SendAsync(HttpMethod.Get, "nothing", headers: ("Accept", "text/csv"));

        Assert.That((ours.MediaType, ours.Code), Is.EqualTo(("application/problem+json", "sheet_not_found")));
        Assert.That((frameworks.MediaType, frameworks.Code), Is.EqualTo(("application/problem+json", "not_found")));
    }

    [Test]
    public async Task Request_WhenItIsNoHttp_IsRefusedAndTheHostGoesOn()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _api.Client.BaseAddress!.Port);

        await client.GetStream().WriteAsync("nonsense\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(client.GetStream());
        var line = await reader.ReadLineAsync();

        Assert.That(line, Is.EqualTo("HTTP/1.1 400 Bad Request"));
        await _api.GetAsync("sheets").Expect(HttpStatusCode.OK);
    }

    private const string Job = """{"sheet_id": "inspections", "template_id": "triage", "generation_config": {"execution": "job"}}""";

    private static async Task<HttpResponseMessage> PreflightAsync(TestApi api, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/v1/sheets");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        return await api.Client.SendAsync(request);
    }

    private static async Task<System.Text.Json.JsonElement> UntilSettledAsync(TestApi api)
    {
        for (var attempt = 0; attempt < 500; attempt++)
        {
            var newest = (await api.GetAsync("training-sheets"))["items"].EnumerateArray()
                .Single(sheet => !sheet.GetProperty("id").GetString()!.StartsWith("ts-", StringComparison.Ordinal));
            if (newest.GetProperty("status").GetString() != "generating") return newest;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        throw new TimeoutException("The training sheet is still generating.");
    }
}
