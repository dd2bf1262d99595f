using System.Net;
using Mirion.Generation.Api.IntegrationTests.Harness;

namespace Mirion.Generation.Api.IntegrationTests.Journeys.BothWorkspaces;

/// <summary>Several processes over one Databricks workspace: a training sheet is one process's at a time, and is not lost with it.</summary>
internal sealed class TakeOverTests
{
    // Long enough for a slow machine to be seen alive, short enough to wait for.
    private static readonly (string Key, string? Value)[] ShortLease = [("Generation:LeaseSeconds", "9"), ("Generation:FlushSeconds", "0.5"), ("Generation:BatchSize", "20")];

    [Test]
    public async Task Run_WhenTheProcessDiesAndTwoTakeOver_OneDoesAndMakesExactlyWhatIsMissing()
    {
        await using var trip = await Trip.BeginAsync(settings: ShortLease);
        var settings = trip.Settings.Concat(ShortLease).ToList();
        var silence = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        trip.Workspace.Serving.Hold(silence.Task);
        string sheet;
        using (var dying = Command.Start(settings, "generate", "--sheet", "boards", "--template", "triage"))
        {
            await Trip.UntilAsync(() => trip.Workspace.Serving.InFlight > 0);
            sheet = (await trip.Api.GetAsync("training-sheets"))["items"][0].Text("id")!;
            var location = $"/api/v1/training-sheets/{sheet}";
            await trip.Api.UntilAsync(location, read => read.Number("labeled_pairs") > 0);

            var alive = await Command.RunAsync(settings, "run", "--training-sheet-id", sheet);
            Assert.That(alive.ExitCode, Is.EqualTo(2));
            Assert.That(alive.Errors, Does.Contain("already_running"));
            dying.Kill();
            await dying.WaitForExitAsync();
        }

        var paid = trip.Workspace.Serving.CallCount;
        await Task.Delay(TimeSpan.FromSeconds(9), TimeProvider.System);
        var takers = Enumerable.Range(0, 2).Select(_ => Command.RunAsync(settings, "run", "--training-sheet-id", sheet)).ToList();
        // The one that lost says so while the other still waits for the model.
        var refused = await (await Task.WhenAny(takers));
        silence.SetResult();
        var all = await Task.WhenAll(takers);

        Assert.That(refused.Errors, Does.Contain("already_running"));
        Assert.That(all.Select(taker => taker.ExitCode).Order(), Is.EqualTo(new[] { 0, 2 }), string.Concat(all.Select(taker => taker.Errors)));
        var done = await trip.Api.GetAsync($"training-sheets/{sheet}").Expect(HttpStatusCode.OK);
        await trip.AssertWholeAsync(done);
        Assert.That(trip.Workspace.Serving.CallCount, Is.InRange(Trip.Open, Trip.Open + paid));
    }

    [Test]
    public async Task Get_WhenTheProcessDied_SaysThatTheRunIsLostAndResumes()
    {
        await using var trip = await Trip.BeginAsync(settings: ShortLease);
        var silence = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        trip.Workspace.Serving.Hold(silence.Task);
        using (var dying = Command.Start(trip.Settings.Concat(ShortLease), "generate", "--sheet", "boards", "--template", "triage"))
        {
            await Trip.UntilAsync(() => trip.Workspace.Serving.InFlight > 0);
            dying.Kill();
            await dying.WaitForExitAsync();
        }

        var location = $"/api/v1/training-sheets/{(await trip.Api.GetAsync("training-sheets"))["items"][0].Text("id")}";
        var lost = await trip.Api.UntilDoneAsync(location);
        silence.SetResult();

        Assert.That((lost.Text("status"), lost["status_reason"].Text("code")), Is.EqualTo(("failed", "run_lost")));
        await trip.AssertWholeAsync(await trip.Api.PostAsync($"{location}/resume", null).Expect(HttpStatusCode.OK));
    }

    [Test]
    public async Task Generate_WhenTwoHostsAreAskedAtOnceUnderOneKey_MakesOneTrainingSheet()
    {
        await using var trip = await Trip.BeginAsync();
        await using var other = await trip.AnotherHostAsync();
        const string Request = """{"sheet_id": "boards", "template_id": "triage", "generation_config": {"execution": "sync"}}""";

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            (i % 2 == 0 ? trip.Api : other).PostAsync("training-sheets/generate", Request, headers: ("Idempotency-Key", "once"))));

        var sheets = await trip.Api.GetAsync("training-sheets").Expect(HttpStatusCode.OK);
        var only = sheets["items"].EnumerateArray().Single().Text("id");
        Assert.That(replies.Select(reply => reply.Text("id")), Is.All.EqualTo(only));
        Assert.That(trip.Workspace.Serving.CallCount, Is.EqualTo(Trip.Open));
        await trip.AssertWholeAsync(await trip.Api.UntilDoneAsync($"/api/v1/training-sheets/{only}"));
    }
}
