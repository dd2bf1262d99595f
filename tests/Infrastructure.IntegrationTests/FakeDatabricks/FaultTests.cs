using Mirion.Generation.FakeDatabricks.Faults;

namespace Mirion.Generation.Infrastructure.IntegrationTests.FakeDatabricks;

public sealed class FaultTests : WorkspaceFixture
{
    private string File => $"/api/2.0/fs/files{Workspace.StagingVolume}/part";

    private static IEnumerable<TestCaseData> Answers()
    {
        yield return new TestCaseData(Fault.Error(503, "TEMPORARILY_UNAVAILABLE", "later"), 503, """{"error_code":"TEMPORARILY_UNAVAILABLE","message":"later"}""", "application/json", null).SetArgDisplayNames("JSON");
        yield return new TestCaseData(Fault.NumericError(429, "slow down").WithRetryAfter(3), 429, """{"error_code":429,"message":"slow down"}""", "application/json", "3").SetArgDisplayNames("a number, seconds");
        yield return new TestCaseData(Fault.Html(502).WithRetryAfter(DateTimeOffset.UnixEpoch), 502, "<html><body><pre>Error 502</pre></body></html>", "text/html", "Thu, 01 Jan 1970 00:00:00 GMT").SetArgDisplayNames("HTML, a date");
        yield return new TestCaseData(Fault.Empty(504), 504, "", null, null).SetArgDisplayNames("nothing");
    }

    [TestCaseSource(nameof(Answers))]
    public async Task Next_WithAnAnswer_GivesItOnceInsteadOfTheWork(Fault fault, int status, string body, string? contentType, string? retryAfter)
    {
        Workspace.Faults.Next("PUT", "/api/2.0/fs/files/*", fault);
        var first = await Api.PutAsync($"{File}?overwrite=false", "x");
        var second = await Api.PutAsync($"{File}?overwrite=false", "x");
        Assert.Multiple(() =>
        {
            Assert.That((first.Status, first.Body, first.Header("content-type"), first.Header("retry-after")), Is.EqualTo((status, body, contentType, retryAfter)));
            Assert.That(first.Header("x-request-id"), Is.Not.Null);
            Assert.That(second.Status, Is.EqualTo(204), "the fault is over, and nothing was done during it");
            Assert.That(Workspace.Requests.Select(request => (request.Status, request.Identity)), Is.EqualTo(new[] { (status, "owner"), (204, "owner") }));
        });
    }

    [Test]
    public async Task Next_AfterTheWork_LosesTheAnswerAlone()
    {
        Workspace.Faults.Next("PUT", "/api/2.0/fs/files/*", Fault.Error(503, "TEMPORARILY_UNAVAILABLE").AfterTheWork());
        var lost = await Api.PutAsync($"{File}?overwrite=false", "x");
        var again = await Api.PutAsync($"{File}?overwrite=false", "x");
        Assert.That((lost.Status, again.Status, (await Api.GetAsync(File)).Body), Is.EqualTo((503, 409, "x")));
    }

    [Test]
    public async Task Next_WithAReset_BreaksTheConnection([Values] bool afterTheWork)
    {
        Workspace.Faults.Next("PUT", "/api/2.0/fs/files/*", afterTheWork ? Fault.Reset().AfterTheWork() : Fault.Reset());
        Assert.That(async () => await Api.PutAsync($"{File}?overwrite=false", "x"), Throws.InstanceOf<HttpRequestException>());
        Assert.That((await Api.GetAsync(File)).Status, Is.EqualTo(afterTheWork ? 200 : 404));
        Assert.That(Workspace.Requests.Select(request => request.Status), Is.EqualTo(new[] { 0, afterTheWork ? 200 : 404 }));
    }

    [Test]
    public async Task Next_ForSomeTimes_CountsOnlyWhatMatches()
    {
        Workspace.Faults.Next("GET", "/api/2.0/fs/files/*", Fault.Empty(500), times: 2);
        Assert.That((await Api.GetAsync($"/api/2.0/fs/directories{Workspace.StagingVolume}")).Status, Is.EqualTo(200));
        Assert.That((await Api.DeleteAsync(File)).Status, Is.EqualTo(404));
        Assert.That((await Api.GetAsync(File)).Status, Is.EqualTo(500));
        Assert.That(Workspace.Faults.Pending, Is.EqualTo(1));
        Assert.That((await Api.GetAsync(File)).Status, Is.EqualTo(500));
        Assert.That((await Api.GetAsync(File)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Next_WithATextOfTheBody_LeavesTheOthersAloneAndTheBodyWhole()
    {
        Workspace.Faults.Next("PUT", "*", Fault.Empty(500), bodyContains: "MERGE");
        Assert.That((await Api.PutAsync($"{File}?overwrite=true", "SELECT")).Status, Is.EqualTo(204));
        Assert.That((await Api.PutAsync($"{File}?overwrite=true", "now MERGE it")).Status, Is.EqualTo(500));
        Assert.That((await Api.GetAsync(File)).Body, Is.EqualTo("SELECT"));
    }

    [Test]
    public async Task Next_UntilAGateOpens_AnswersThen()
    {
        var gate = new TaskCompletionSource();
        Workspace.Faults.Next("GET", "*", Fault.Until(gate.Task));
        var waiting = Api.GetAsync(File);
        // Until the fault is taken, the next request could meet it instead.
        while (Workspace.Faults.Pending > 0) await Task.Yield();
        await Api.GetAsync(File);
        Assert.That(waiting.IsCompleted, Is.False);
        gate.SetResult();
        Assert.That((await waiting).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Next_OfTheTokenEndpoint_AppliesWithoutAToken()
    {
        using var nobody = As(null);
        Workspace.Faults.Next("POST", "/oidc/v1/token", Fault.Empty(503));
        Assert.That((await nobody.PostAsync("/oidc/v1/token", "{}")).Status, Is.EqualTo(503));
    }

    [Test]
    public void AfterTheWork_OfADelay_IsRefused() => Assert.That(() => Fault.Slow(TimeSpan.Zero).AfterTheWork(), Throws.InvalidOperationException);

    [Test]
    public async Task Faults_OverHttp_AreTheSame()
    {
        using var nobody = As(null);
        var planned = await nobody.PostAsync("/__fake/faults", """{"method":"PUT","path":"/api/2.0/fs/*","status":503,"body":"gone","content_type":"text/plain","retry_after":"2","after_the_work":true}""");
        var lost = await Api.PutAsync($"{File}?overwrite=false", "x");
        var log = (await nobody.GetAsync("/__fake/requests")).Json;
        Assert.Multiple(() =>
        {
            Assert.That((planned.Status, lost.Status, lost.Body, lost.Header("retry-after")), Is.EqualTo((204, 503, "gone", "2")));
            Assert.That(log.GetRawText(), Is.EqualTo($$"""[{"method":"PUT","path":"{{File}}","query":"?overwrite=false","identity":"owner","status":503}]"""));
        });
        Assert.That((await Api.GetAsync(File)).Body, Is.EqualTo("x"));
    }

    [TestCase("""{"path":"*"}""")]
    [TestCase("""{"path":"*","delay_ms":1,"after_the_work":true}""")]
    [TestCase("""{"path":"*","status":500,"colour":"red"}""")]
    public async Task Faults_OverHttp_WhenNoneIsMeant_AreRefused(string body) =>
        Assert.That((await Api.PostAsync("/__fake/faults", body)).Status, Is.EqualTo(400));
}
