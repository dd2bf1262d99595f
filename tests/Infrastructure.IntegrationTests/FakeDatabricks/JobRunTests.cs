using System.Globalization;
using System.Text.Json;
using Mirion.Generation.FakeDatabricks;

namespace Mirion.Generation.Infrastructure.IntegrationTests.FakeDatabricks;

/// <summary>Runs that do no work and go on until they are told to end.</summary>
public sealed class JobRunTests : WorkspaceFixture
{
    private protected override FakeDatabricksOptions Options => new() { MaxConcurrentRuns = 2 };

    [Test]
    public async Task RunNow_WithTheSameToken_StartsOneRun()
    {
        var first = await RunNowAsync("sheet-1", "token-1");
        var again = await RunNowAsync("sheet-1", "token-1");
        var other = await RunNowAsync("sheet-1", "token-2");
        Assert.That(again, Is.EqualTo(first));
        Assert.That(Workspace.RunIds, Is.EqualTo(new[] { first, other }));
    }

    [Test]
    public async Task RunNow_WithTheSameTokenAtOnce_StartsOneRun()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => RunNowAsync("sheet-1", "token-1")));
        Assert.That(runs.Distinct().Count(), Is.EqualTo(1));
    }

    [TestCase("""{"job_id":7}""", "INVALID_PARAMETER_VALUE", "Job 7 does not exist.")]
    [TestCase("""{"job_id":JOB,"idempotency_token":"TOKEN-OF-65"}""", "INVALID_PARAMETER_VALUE", "at most 64")]
    [TestCase("""{"job_id":JOB,"job_parameters":{"sheet":"x"}}""", "INVALID_PARAMETER_VALUE", "no parameter sheet")]
    [TestCase("""{"job_id":JOB,"performance_target":"FAST"}""", "INVALID_PARAMETER_VALUE", "performance_target")]
    [TestCase("""{"job_id":JOB,"only":["nothing"]}""", "INVALID_PARAMETER_VALUE", "nothing")]
    [TestCase("""{"job_id":JOB,"job_parameters":{"training_sheet_id":5}}""", "MALFORMED_REQUEST", "Could not parse")]
    [TestCase("""{"job_id":JOB,"job_parameters":{"training_sheet_id":null}}""", "MALFORMED_REQUEST", "not a string")]
    [TestCase("""{"job_id":JOB,"parameters":{}}""", "MALFORMED_REQUEST", "parameters")]
    [TestCase("""{"job_id":"JOB"}""", "MALFORMED_REQUEST", "Could not parse")]
    [TestCase("""{}""", "MALFORMED_REQUEST", "job_id")]
    [TestCase("""{"job_id":""", "MALFORMED_REQUEST", "Could not parse")]
    public async Task RunNow_WhenAskedWrongly_IsRefused(string body, string code, string message)
    {
        var job = Workspace.JobId.ToString(CultureInfo.InvariantCulture);
        var answer = await Api.PostAsync("/api/2.2/jobs/run-now", body.Replace("JOB", job).Replace("TOKEN-OF-65", new string('t', 65)));
        Assert.Multiple(() =>
        {
            Assert.That((answer.Status, answer.Json.GetProperty("error_code").GetString()), Is.EqualTo((400, code)));
            Assert.That(answer.Json.GetProperty("message").GetString(), Does.Contain(message));
            Assert.That(Workspace.RunIds, Is.Empty);
        });
    }

    [TestCase("SUCCESS", "TERMINATED", "SUCCESS", "SUCCESS")]
    [TestCase("RUN_EXECUTION_ERROR", "INTERNAL_ERROR", "FAILED", "CLIENT_ERROR")]
    [TestCase("CLOUD_FAILURE", "INTERNAL_ERROR", "FAILED", "CLOUD_FAILURE")]
    [TestCase("DRIVER_ERROR", "INTERNAL_ERROR", "FAILED", "INTERNAL_ERROR")]
    public async Task FinishRun_WithACode_ShowsItInBothWays(string code, string lifeCycle, string result, string type)
    {
        var run = await RunningAsync("sheet-1");
        Workspace.FinishRun(run, code);
        await Workspace.RunEndedAsync(run);

        var body = await GetAsync(run);
        var end = body.GetProperty("status").GetProperty("termination_details");
        Assert.Multiple(() =>
        {
            Assert.That(body.GetProperty("status").GetProperty("state").GetString(), Is.EqualTo("TERMINATED"));
            Assert.That((end.GetProperty("code").GetString(), end.GetProperty("type").GetString()), Is.EqualTo((code, type)));
            Assert.That(body.GetProperty("state").GetProperty("life_cycle_state").GetString(), Is.EqualTo(lifeCycle));
            Assert.That(body.GetProperty("state").GetProperty("result_state").GetString(), Is.EqualTo(result));
            Assert.That(body.GetProperty("end_time").GetInt64(), Is.GreaterThan(0));
        });
    }

    [Test]
    public async Task Get_OfARunThatGoesOn_HasItsParametersPageAndTasks()
    {
        var run = await RunningAsync("sheet-1");
        var body = await GetAsync(run);
        var task = body.GetProperty("tasks")[0];
        Assert.Multiple(() =>
        {
            Assert.That(body.GetProperty("job_parameters").GetRawText(), Is.EqualTo("""[{"name":"training_sheet_id","default":"","value":"sheet-1"}]"""));
            Assert.That(body.GetProperty("run_page_url").GetString(), Is.EqualTo($"{Workspace.Host}?o=4815162342108#job/{Workspace.JobId}/run/{run}"));
            Assert.That(body.GetProperty("end_time").GetInt64(), Is.Zero);
            Assert.That(body.GetProperty("state").TryGetProperty("result_state", out _), Is.False);
            Assert.That(task.GetProperty("run_id").GetInt64(), Is.Not.EqualTo(run));
            Assert.That(run, Is.GreaterThan(1L << 53), "a run's number must not fit into a double");
        });
    }

    [Test]
    public async Task GetOutput_OfTheRunItself_IsRefused()
    {
        var run = await RunningAsync("sheet-1");
        var ofRun = await Api.GetAsync($"/api/2.2/jobs/runs/get-output?run_id={run}");
        var ofTask = await Api.GetAsync($"/api/2.2/jobs/runs/get-output?run_id={(await GetAsync(run)).GetProperty("tasks")[0].GetProperty("run_id").GetInt64()}");
        Assert.That((ofRun.Status, ofTask.Status), Is.EqualTo((400, 200)));
        Assert.That(ofTask.Json.GetProperty("metadata").GetProperty("task_key").GetString(), Is.EqualTo("generate"));
    }

    [Test]
    public async Task Cancel_OfARun_IsSeenTerminatingBeforeItEnds()
    {
        var run = await RunningAsync("sheet-1");
        var canceled = await CancelAsync(run);
        var first = await GetAsync(run);
        await Workspace.RunEndedAsync(run);
        var last = await GetAsync(run);
        Assert.Multiple(() =>
        {
            Assert.That((canceled.Status, canceled.Body), Is.EqualTo((200, "{}")));
            Assert.That(State(first), Is.EqualTo("TERMINATING"));
            Assert.That(last.GetProperty("status").GetProperty("termination_details").GetProperty("code").GetString(), Is.EqualTo("USER_CANCELED"));
            Assert.That(last.GetProperty("state").GetProperty("result_state").GetString(), Is.EqualTo("CANCELED"));
        });
        Assert.That((await CancelAsync(run)).Status, Is.EqualTo(200), "cancelling once more");
    }

    [TestCase("GET", "/api/2.2/jobs/runs/get?run_id=7", "Run 7 does not exist.")]
    [TestCase("GET", "/api/2.2/jobs/runs/get-output?run_id=7", "Run 7 does not exist.")]
    [TestCase("POST", "/api/2.2/jobs/runs/cancel", "Run 7 does not exist.")]
    [TestCase("GET", "/api/2.2/jobs/get?job_id=7", "Job 7 does not exist.")]
    public async Task Any_OfWhatIsNotThere_IsAnInvalidParameter(string method, string path, string message)
    {
        var answer = method == "GET" ? await Api.GetAsync(path) : await Api.PostAsync(path, """{"run_id":7}""");
        Assert.That((answer.Status, answer.Body), Is.EqualTo((400, $$$"""{"error_code":"INVALID_PARAMETER_VALUE","message":"{{{message}}}"}""")));
    }

    [Test]
    public async Task RunNow_WhenTheJobIsFull_WaitsInTheQueueOrIsSkipped()
    {
        var first = await RunningAsync("sheet-1");
        await RunningAsync("sheet-2");
        var queued = await RunNowAsync("sheet-3");
        var skipped = (await Api.PostAsync("/api/2.2/jobs/run-now", $$$"""{"job_id":{{{Workspace.JobId}}},"queue":{"enabled":false}}""")).Json.GetProperty("run_id").GetInt64();
        await Workspace.RunEndedAsync(skipped);
        var waiting = await UntilAsync(queued, "QUEUED");

        Workspace.FinishRun(first);
        await UntilAsync(queued, "RUNNING");

        Assert.That(waiting.GetProperty("status").GetProperty("queue_details").GetProperty("code").GetString(), Is.EqualTo("MAX_CONCURRENT_RUNS_REACHED"));
        Assert.That((await GetAsync(skipped)).GetProperty("state").GetProperty("life_cycle_state").GetString(), Is.EqualTo("SKIPPED"));
    }

    [Test]
    public async Task FailNextRun_WithACode_EndsOneRunBeforeItStarts()
    {
        Workspace.FailNextRun("CLUSTER_ERROR");
        var failed = await RunNowAsync("sheet-1");
        await Workspace.RunEndedAsync(failed);
        await RunningAsync("sheet-2");
        Assert.That((await GetAsync(failed)).GetProperty("status").GetProperty("termination_details").GetProperty("code").GetString(), Is.EqualTo("CLUSTER_ERROR"));
    }

    [Test]
    public async Task Lists_WhenTheyAreEmpty_LackTheirArray()
    {
        var jobs = (await Api.GetAsync("/api/2.2/jobs/list?name=nothing")).Json;
        var runs = (await Api.GetAsync("/api/2.2/jobs/runs/list")).Json;
        Assert.That((jobs.TryGetProperty("jobs", out _), runs.TryGetProperty("runs", out _)), Is.EqualTo((false, false)));
        Assert.That((await Api.GetAsync("/api/2.2/jobs/list?name=MIRION-generation")).Json.GetProperty("jobs")[0].GetProperty("job_id").GetInt64(), Is.EqualTo(Workspace.JobId));
    }

    [Test]
    public async Task Lists_InPages_HaveEverythingOnce()
    {
        var runs = new[] { await RunNowAsync("1"), await RunNowAsync("2"), await RunNowAsync("3") };
        var first = (await Api.GetAsync("/api/2.2/jobs/runs/list?limit=2")).Json;
        var second = (await Api.GetAsync($"/api/2.2/jobs/runs/list?limit=2&page_token={Uri.EscapeDataString(first.GetProperty("next_page_token").GetString()!)}")).Json;
        Assert.That(Ids(first).Concat(Ids(second)), Is.EqualTo(runs.Reverse()));
        Assert.That((await Api.GetAsync("/api/2.2/jobs/runs/list?limit=25")).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Get_OfMoreThanAHundredTasks_GivesThemInPages()
    {
        var job = Workspace.AddJob("many", tasks: 150);
        var run = (await Api.PostAsync("/api/2.2/jobs/run-now", $$"""{"job_id":{{job}}}""")).Json.GetProperty("run_id").GetInt64();
        var first = (await Api.GetAsync($"/api/2.2/jobs/runs/get?run_id={run}")).Json;
        var second = (await Api.GetAsync($"/api/2.2/jobs/runs/get?run_id={run}&page_token={Uri.EscapeDataString(first.GetProperty("next_page_token").GetString()!)}")).Json;
        Assert.That((first.GetProperty("tasks").GetArrayLength(), second.GetProperty("tasks").GetArrayLength()), Is.EqualTo((100, 50)));
        Assert.That(second.TryGetProperty("next_page_token", out _), Is.False);
        Assert.That((await Api.GetAsync($"/api/2.2/jobs/get?job_id={job}")).Json.GetProperty("settings").GetProperty("tasks").GetArrayLength(), Is.EqualTo(100));
    }

    private static IEnumerable<long> Ids(JsonElement page) => page.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("run_id").GetInt64());

    private static string? State(JsonElement run) => run.GetProperty("status").GetProperty("state").GetString();

    private Task<Answer> CancelAsync(long run) => Api.PostAsync("/api/2.2/jobs/runs/cancel", $$"""{"run_id":{{run}}}""");

    private async Task<JsonElement> GetAsync(long run) => (await Api.GetAsync($"/api/2.2/jobs/runs/get?run_id={run}")).Json;

    private async Task<long> RunningAsync(string sheet)
    {
        var run = await RunNowAsync(sheet);
        await UntilAsync(run, "RUNNING");
        return run;
    }

    private async Task<JsonElement> UntilAsync(long run, string state)
    {
        while (true)
        {
            var body = await GetAsync(run);
            if (State(body) == state) return body;
            Assert.That(State(body), Is.Not.EqualTo("TERMINATED"));
        }
    }

    private async Task<long> RunNowAsync(string sheet, string? token = null)
    {
        var body = JsonSerializer.Serialize(new { job_id = Workspace.JobId, job_parameters = new { training_sheet_id = sheet }, idempotency_token = token });
        var answer = await Api.PostAsync("/api/2.2/jobs/run-now", body);
        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        return answer.Json.GetProperty("run_id").GetInt64();
    }
}
