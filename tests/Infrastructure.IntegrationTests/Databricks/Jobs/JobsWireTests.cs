using System.Text.Json;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Infrastructure.Databricks;
using Mirion.Generation.Infrastructure.IntegrationTests.Models;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Jobs;

/// <summary>What goes over the wire, and answers that the fake workspace has no reason to give.</summary>
[TestFixture]
public sealed class JobsWireTests
{
    private ScriptedWorkspace _workspace = null!;
    private DatabricksHost _host = null!;

    private IJobLauncher Launcher => _host.Get<IJobLauncher>();

    [SetUp]
    public async Task StartAsync()
    {
        _workspace = await ScriptedWorkspace.StartAsync();
        _host = DatabricksHost.At(
            _workspace.Host, new SkippingClock(TimeSpan.FromMinutes(2)), ("Workspace:Databricks:Token", "dapi-test"), ("Workspace:Databricks:JobId", "901234567890123457"));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _workspace.DisposeAsync();
    }

    [TestCase("sheet-1", null, "sheet-1")]
    [TestCase("sheet-1", "55", "^[0-9a-f]{64}$")]
    [TestCase("a123456789b123456789c123456789d123456789e123456789f123456789g123456789", null, "^[0-9a-f]{64}$")]
    public async Task LaunchAsync_Always_SendsTheIdAndATokenThatFollowsFromIt(string id, string? after, string token)
    {
        _workspace.Always(ScriptedWorkspace.Json(200, """{"run_id": 9007199254740993, "number_in_job": 4}"""));

        var run = await Launcher.LaunchAsync(new TrainingSheetId(id), after, CancellationToken.None);

        Assert.That(run, Is.EqualTo("9007199254740993"), "beyond what a double holds");
        using var body = JsonDocument.Parse(_workspace.Requests.Single().Body);
        Assert.That(body.RootElement.EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "job_id", "job_parameters", "idempotency_token" }));
        Assert.That(body.RootElement.GetProperty("job_id").GetInt64(), Is.EqualTo(901234567890123457));
        Assert.That(body.RootElement.GetProperty("job_parameters").GetRawText(), Is.EqualTo($$"""{"training_sheet_id":"{{id}}"}"""));
        Assert.That(body.RootElement.GetProperty("idempotency_token").GetString(), Does.Match(token));
    }

    [Test]
    public async Task LaunchAsync_WhenTheReplyIsLost_AsksAgainByTheSameToken()
    {
        _workspace.Next(ScriptedWorkspace.Reset(), ScriptedWorkspace.Json(500, "")).Always(ScriptedWorkspace.Json(200, """{"run_id": 7}"""));

        var run = await Launcher.LaunchAsync(new TrainingSheetId("sheet-1"), null, CancellationToken.None);

        Assert.That(run, Is.EqualTo("7"));
        Assert.That(_workspace.Requests, Has.Count.EqualTo(3));
        Assert.That(_workspace.Requests.Select(request => request.Body).Distinct().ToList(), Has.Count.EqualTo(1));
    }

    [TestCase("""{"state":{"life_cycle_state":"RUNNING"}}""", JobRunState.Active, null)]
    [TestCase("""{"state":{"life_cycle_state":"WAITING_FOR_RETRY"}}""", JobRunState.Active, null)]
    [TestCase("""{"state":{"life_cycle_state":"TERMINATED","result_state":"SUCCESS"}}""", JobRunState.Succeeded, "SUCCESS")]
    [TestCase("""{"state":{"life_cycle_state":"TERMINATED","result_state":"CANCELED"}}""", JobRunState.Cancelled, "CANCELED")]
    [TestCase("""{"state":{"life_cycle_state":"TERMINATED","result_state":"TIMEDOUT"}}""", JobRunState.Failed, "TIMEDOUT")]
    [TestCase("""{"state":{"life_cycle_state":"TERMINATED"}}""", JobRunState.Failed, "UNKNOWN")]
    [TestCase("""{"state":{"life_cycle_state":"SKIPPED"}}""", JobRunState.Failed, "SKIPPED")]
    [TestCase("""{"state":{"life_cycle_state":"INTERNAL_ERROR"}}""", JobRunState.Failed, "INTERNAL_ERROR")]
    [TestCase("""{"status":{"state":"TERMINATED","termination_details":{"code":"RUN_EXECUTION_ERROR"}},"state":{"life_cycle_state":"INTERNAL_ERROR"}}""", JobRunState.Failed, "RUN_EXECUTION_ERROR")]
    [TestCase("""{"status":{"state":"TERMINATING"},"state":{"life_cycle_state":"TERMINATED","result_state":"SUCCESS"}}""", JobRunState.Active, null)]
    [TestCase("""{"status":{"state":"TERMINATED"}}""", JobRunState.Failed, "UNKNOWN")]
    [TestCase("""{"status":{"state":"SOMETHING_NEW"},"end_time":0}""", JobRunState.Active, null)]
    [TestCase("""{"status":{"state":"SOMETHING_NEW"},"end_time":1795000000000}""", JobRunState.Failed, "UNKNOWN")]
    [TestCase("{}", JobRunState.Active, null)]
    public async Task FindAsync_WhateverWordsTheWorkspaceHas_FoldsThemIntoOurs(string run, JobRunState state, string? reason)
    {
        _workspace.Always(ScriptedWorkspace.Json(200, run));

        var found = await Launcher.FindAsync("7", CancellationToken.None);

        Assert.That((found!.State, found.Reason, found.Page), Is.EqualTo((state, reason, (Uri?)null)));
    }

    [TestCase("https://w.cloud.databricks.com/#job/1/run/2", true)]
    [TestCase("javascript:alert(1)", false)]
    [TestCase("/jobs/1", false)]
    public async Task FindAsync_WhenTheRunHasAPage_ShowsOnlyOneThatIs(string page, bool shown)
    {
        _workspace.Always(ScriptedWorkspace.Json(200, $$"""{"run_page_url":"{{page}}"}"""));

        Assert.That((await Launcher.FindAsync("7", CancellationToken.None))!.Page?.OriginalString, Is.EqualTo(shown ? page : null));
    }

    [TestCase(404, """{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"gone"}""")]
    [TestCase(400, """{"error_code":"INVALID_PARAMETER_VALUE","message":"Run 7 does not exist."}""")]
    public async Task FindAsync_WhenTheRunIsGone_FindsNone(int status, string body)
    {
        _workspace.Always(ScriptedWorkspace.Json(status, body));

        Assert.That(await Launcher.FindAsync("7", CancellationToken.None), Is.Null);
    }

    [Test]
    public void FindAsync_WhenTheWorkspaceDoesNotSay_Throws()
    {
        _workspace.Always(ScriptedWorkspace.Json(400, """{"error_code":"INVALID_PARAMETER_VALUE","message":"what?"}"""));

        Assert.That(async () => await Launcher.FindAsync("7", CancellationToken.None), Throws.TypeOf<DatabricksException>());
    }

    [Test]
    public async Task CancelAsync_WhenTheWorkspaceSaysTheRunIsOver_IsContent()
    {
        _workspace.Next(ScriptedWorkspace.Json(400, """{"error_code":"INVALID_STATE"}"""))
            .Always(ScriptedWorkspace.Json(200, """{"status":{"state":"TERMINATED","termination_details":{"code":"SUCCESS"}}}"""));

        await Launcher.CancelAsync("7", CancellationToken.None);

        Assert.That(_workspace.Requests.Select(request => request.Path), Is.EqualTo(new[] { "/api/2.2/jobs/runs/cancel", "/api/2.2/jobs/runs/get" }));
        Assert.That(_workspace.Requests[0].Body, Is.EqualTo("""{"run_id":7}"""));
    }

    [Test]
    public void CancelAsync_WhenARunThatGoesOnCannotBeStopped_Throws()
    {
        _workspace.Next(ScriptedWorkspace.Json(400, """{"error_code":"INVALID_STATE"}""")).Always(ScriptedWorkspace.Json(200, """{"status":{"state":"RUNNING"}}"""));

        Assert.That(async () => await Launcher.CancelAsync("7", CancellationToken.None), Throws.TypeOf<DatabricksException>());
    }
}
