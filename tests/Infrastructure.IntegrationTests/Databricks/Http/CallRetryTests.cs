using Microsoft.AspNetCore.Http;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Databricks;
using Mirion.Generation.Infrastructure.Databricks.Jobs;
using Mirion.Generation.Infrastructure.IntegrationTests.Models;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Http;

/// <summary>Which calls are made again, and when. A GET may always be; whether a POST may is its API's to say.</summary>
[TestFixture]
public sealed class CallRetryTests
{
    private static readonly RequestDelegate Fine = ScriptedWorkspace.Json(200, """{"run_id":7}""");
    private ScriptedWorkspace _workspace = null!;
    private SkippingClock _clock = null!;
    private DatabricksHost _host = null!;

    private IJobsApi Api => _host.Get<IJobsApi>();

    [SetUp]
    public async Task StartAsync()
    {
        _workspace = await ScriptedWorkspace.StartAsync();
        _workspace.Always(Fine);
        _clock = new SkippingClock(TimeSpan.FromMinutes(2));
        _host = DatabricksHost.At(_workspace.Host, _clock, ("Workspace:Databricks:Token", "dapi-1"));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _workspace.DisposeAsync();
    }

    [TestCase(429)]
    [TestCase(503)]
    public async Task Call_WhenItIsSentAwayManyTimes_SucceedsInTheEnd(int status)
    {
        for (var i = 0; i < 10; i++) _workspace.Next(ScriptedWorkspace.Json(status, ""));

        await GetAsync();

        Assert.That(_workspace.Requests, Has.Count.EqualTo(11));
    }

    [TestCase(429)]
    [TestCase(503)]
    public async Task Call_WhenAPostIsSentAway_IsMadeAgainThoughItMayNotBeRepeated(int status)
    {
        _workspace.Next(ScriptedWorkspace.Json(status, ""));

        await PostAsync(repeatable: false);

        Assert.That(_workspace.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Call_WhenItIsSentAwayForever_GivesUpAfterSomeMinutes()
    {
        _workspace.Always(ScriptedWorkspace.Json(429, ""));

        var thrown = (await Assert.ThrowsAsync<DatabricksException>(GetAsync))!;

        Assert.That((thrown.Status, thrown.Fault), Is.EqualTo((429, UpstreamFault.Unavailable)));
        Assert.That(_clock.Delays.Sum(delay => delay.TotalSeconds), Is.InRange(90, 420));
    }

    [Test]
    public async Task Call_WhenItIsSentAwayAndFailsToo_HasABudgetForEach()
    {
        for (var i = 0; i < 6; i++) _workspace.Next(ScriptedWorkspace.Json(429, ""));
        for (var i = 0; i < 3; i++) _workspace.Next(ScriptedWorkspace.Json(500, ""));

        await GetAsync();

        Assert.That(_workspace.Requests, Has.Count.EqualTo(10));
    }

    [TestCase(408)]
    [TestCase(500)]
    [TestCase(502)]
    [TestCase(504)]
    public async Task Call_WhenAGetFails_IsMadeAgain(int status)
    {
        _workspace.Next(ScriptedWorkspace.Json(status, ""), ScriptedWorkspace.Json(status, ""));

        await GetAsync();

        Assert.That(_workspace.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public void Call_WhenAGetKeepsFailing_GivesUpAfterFiveAttempts()
    {
        _workspace.Always(ScriptedWorkspace.Json(500, ""));

        Assert.That(GetAsync, Throws.TypeOf<DatabricksException>());
        Assert.That(_workspace.Requests, Has.Count.EqualTo(5));
    }

    [TestCase(408)]
    [TestCase(500)]
    [TestCase(504)]
    public void Call_WhenAPostFails_IsNotMadeAgainUnlessItMayBe(int status)
    {
        _workspace.Next(ScriptedWorkspace.Json(status, ""));

        Assert.That(() => PostAsync(repeatable: false), Throws.TypeOf<DatabricksException>().With.Property("Status").EqualTo(status));
        Assert.That(_workspace.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Call_WhenAPostFailsThatMayBeRepeated_IsMadeAgainWithItsBody()
    {
        _workspace.Next(ScriptedWorkspace.Json(500, ""), ScriptedWorkspace.Reset());

        await PostAsync(repeatable: true);

        Assert.That(_workspace.Requests.Select(request => request.Body), Is.EqualTo(Enumerable.Repeat("""{"run_id":7}""", 3)));
    }

    [Test]
    public void Call_WhenTheReplyToAPostIsLost_IsNotMadeAgain()
    {
        _workspace.Next(ScriptedWorkspace.Reset());

        Assert.That(() => PostAsync(repeatable: false), Throws.TypeOf<DatabricksException>().With.Property("Fault").EqualTo(UpstreamFault.Unavailable));
        Assert.That(_workspace.Requests, Has.Count.EqualTo(1));
    }

    [TestCase(400)]
    [TestCase(401)]
    [TestCase(403)]
    [TestCase(404)]
    [TestCase(409)]
    [TestCase(413)]
    [TestCase(501)]
    public void Call_WhenItIsRefused_IsNotMadeAgain(int status)
    {
        _workspace.Always(ScriptedWorkspace.Json(status, ""));

        Assert.That(GetAsync, Throws.TypeOf<DatabricksException>().With.Property("Status").EqualTo(status));
        Assert.That(_workspace.Requests, Has.Count.EqualTo(1));
    }

    [TestCase(429)]
    [TestCase(503)]
    [TestCase(500)]
    public async Task Call_WhenTheWorkspaceSaysHowLongToWait_WaitsThatLong(int status)
    {
        _workspace.Next(ScriptedWorkspace.Json(status, "", retryAfter: "100"), ScriptedWorkspace.Json(status, "", retryAfter: _clock.GetUtcNow().AddSeconds(42).ToString("R")));

        await GetAsync();

        Assert.That(_clock.Delays, Is.EqualTo(new[] { TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(42) }));
    }

    [TestCase("0")]
    [TestCase("soon")]
    [TestCase("Fri, 31 Dec 1999 23:59:59 GMT")]
    [TestCase(null)]
    public async Task Call_WhenTheWorkspaceDoesNotSayHowLongToWait_WaitsAsUsual(string? retryAfter)
    {
        _workspace.Next(ScriptedWorkspace.Json(429, "", retryAfter));

        await GetAsync();

        Assert.That(_clock.Delays.Single(), Is.InRange(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(3)));
    }

    [Test]
    public async Task Call_WhenAnAttemptTakesTooLong_IsMadeAgain()
    {
        _workspace.Next(Silence());

        await GetAsync();

        Assert.That(_workspace.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public void Call_WhenAPostTakesTooLong_HasTimedOutAndIsNotMadeAgain()
    {
        _workspace.Next(Silence());

        Assert.That(() => PostAsync(repeatable: false), Throws.TypeOf<DatabricksException>().With.Property("Fault").EqualTo(UpstreamFault.TimedOut));
        Assert.That(_workspace.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Call_WhenTheCallerLeaves_Ends()
    {
        using var leaving = new CancellationTokenSource();
        _workspace.Always(async context =>
        {
            await leaving.CancelAsync();
            await ScriptedWorkspace.Json(503, "")(context);
        });

        Assert.That(async () => await Api.GetRunAsync(7, leaving.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Call_WhenNobodyIsThere_SaysWhatToCheck()
    {
        await using var host = DatabricksHost.At(new Uri("http://127.0.0.1:9"), _clock, ("Workspace:Databricks:Token", "dapi-1"));

        var thrown = (await Assert.ThrowsAsync<DatabricksException>(async () => await host.Get<IJobsApi>().GetRunAsync(7, CancellationToken.None)))!;

        Assert.That(thrown.Fault, Is.EqualTo(UpstreamFault.Unavailable));
        Assert.That(thrown.Message, Does.Contain("Workspace:Databricks:Host").And.Contain("GET /api/2.2/jobs/runs/get"));
        Assert.That(_clock.Delays, Has.Count.EqualTo(4), "five attempts");
    }

    private async Task GetAsync() => await Api.GetRunAsync(7, CancellationToken.None);

    private async Task PostAsync(bool repeatable) => await Api.CancelRunAsync(new CancelRun(7), repeatable, CancellationToken.None);

    // Two minutes are over, and nobody has answered.
    private RequestDelegate Silence() => async context =>
    {
        _clock.Advance(TimeSpan.FromMinutes(2));
        await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    };
}
