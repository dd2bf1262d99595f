using System.Net;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.FakeDatabricks;
using Mirion.Generation.FakeDatabricks.Faults;
using Mirion.Generation.FakeDatabricks.Sql;

namespace Mirion.Generation.Api.IntegrationTests.Journeys.BothWorkspaces;

/// <summary>A workspace in trouble while a training sheet is generated: every item has its pair once, and the counts are those of the pairs.</summary>
internal sealed class DatabricksFaultTests
{
    private const string Chat = "/serving-endpoints/chat/completions";
    private const string Statements = "/api/2.0/sql/statements*";

    private static readonly (string, string?)[] SmallPages = [("Generation:PageSize", "40"), ("Generation:BatchSize", "40")];

    [Test]
    public async Task Generate_WhenTokensEndMidway_GoesOnWithNewOnes()
    {
        await using var trip = await Trip.BeginAsync(settings: SmallPages);
        var (generating, release) = await trip.HoldMidwayAsync();

        trip.Workspace.ExpireTokens();
        release.SetResult();

        await trip.AssertWholeAsync(await generating.Expect(HttpStatusCode.Created));
        Assert.That(trip.Workspace.Serving.CallCount, Is.EqualTo(Trip.Open), "a question that was turned away at the door was not asked");
        Assert.That(trip.Workspace.Requests.Count(request => request.Status == 401), Is.Positive, "or nothing was tried here");
    }

    [Test]
    public async Task Generate_WhenLinksToTheSourceEndMidway_AsksForNewOnes()
    {
        await using var trip = await Trip.BeginAsync(new FakeDatabricksOptions { RowsPerChunk = 40 }, settings: SmallPages);
        var (generating, release) = await trip.HoldMidwayAsync();

        trip.Workspace.EndLinks(3);
        release.SetResult();

        await trip.AssertWholeAsync(await generating.Expect(HttpStatusCode.Created));
        Assert.That(trip.Workspace.EndedLinks, Is.Zero, "or nothing was tried here");
    }

    [Test]
    public async Task Generate_WhenEverythingAsksForFewerCalls_IsSlowerAndLosesNothing()
    {
        await using var trip = await Trip.BeginAsync(clock: new FastClock(20), settings: SmallPages);
        trip.Workspace.Faults
            .Next("POST", Chat, Fault.Error(429, "REQUEST_LIMIT_EXCEEDED"), times: 8)
            .Next("POST", Chat, Fault.Error(429, "REQUEST_LIMIT_EXCEEDED").WithRetryAfter(2), times: 4)
            .Next("*", Statements, Fault.Error(429, "RESOURCE_EXHAUSTED"), times: 12)
            .Next("PUT", "/api/2.0/fs/files/*", Fault.Error(503, "TEMPORARILY_UNAVAILABLE").WithRetryAfter(1), times: 4);

        await trip.AssertWholeAsync(await trip.GenerateAsync(Trip.Here).Expect(HttpStatusCode.Created));
        Assert.That((trip.Workspace.Serving.CallCount, trip.Workspace.Faults.Pending), Is.EqualTo((Trip.Open, 0)));
    }

    [Test]
    public async Task Generate_WhenTheWarehouseTakesTwentySecondsToStart_WaitsForIt()
    {
        var clock = new FastClock(10);
        await using var trip = await Trip.BeginAsync(new FakeDatabricksOptions { WarehouseStart = TimeSpan.FromSeconds(20), Clock = clock }, clock);
        await trip.StopWarehouseAsync();
        var begun = clock.GetTimestamp();

        await trip.AssertWholeAsync(await trip.GenerateAsync(Trip.Here).Expect(HttpStatusCode.Created));
        Assert.That(clock.GetElapsedTime(begun), Is.GreaterThan(TimeSpan.FromSeconds(20)));
    }

    [TestCase("qa_pairs")]
    [TestCase("training_sheets")]
    [TestCase("\"review\"")]
    public async Task Generate_WhenTheReplyToAWriteIsLost_WritesItOnce(string saying)
    {
        await using var trip = await Trip.BeginAsync(clock: new FastClock(10), settings: SmallPages);
        var (generating, release) = await trip.HoldMidwayAsync();

        trip.Workspace.Faults.Next("POST", "/api/2.0/sql/statements", Fault.Reset().AfterTheWork(), times: 2, bodyContains: saying);
        release.SetResult();

        await trip.AssertWholeAsync(await generating.Expect(HttpStatusCode.Created));
        Assert.That(trip.Workspace.Faults.Pending, Is.Zero);
    }

    [TestCase("qa_pairs")]
    [TestCase("training_sheets")]
    public async Task Generate_WhenOthersWriteAtTheSameTime_TriesAgain(string table)
    {
        await using var trip = await Trip.BeginAsync(clock: new FastClock(10), settings: SmallPages);
        var (generating, release) = await trip.HoldMidwayAsync();

        trip.Workspace.FailStatements(StatementFault.ConcurrentAppend, times: 3, text => !text.StartsWith("SELECT", StringComparison.Ordinal) && text.Contains(table, StringComparison.Ordinal));
        release.SetResult();

        await trip.AssertWholeAsync(await generating.Expect(HttpStatusCode.Created));
    }

    [Test]
    public async Task Generate_WhenItsJobIsKilled_FailsWithTheRunsPageAndIsResumed()
    {
        await using var trip = await Trip.BeginAsync(settings: ("Generation:LeaseSeconds", "2"));
        var gate = new TaskCompletionSource();
        trip.Workspace.Serving.Hold(gate.Task);
        var launched = await trip.GenerateAsync(Trip.InAJob).Expect(HttpStatusCode.Accepted);
        await Trip.UntilAsync(() => trip.Workspace.Serving.InFlight > 0);

        var run = trip.Workspace.RunIds.Single();
        trip.Workspace.KillRun(run);
        await trip.Workspace.RunEndedAsync(run);
        var paid = trip.Workspace.Serving.CallCount;
        var failed = await trip.Api.UntilDoneAsync(launched.Location!);

        Assert.That((failed.Text("status"), failed["status_reason"].Text("code")), Is.EqualTo(("failed", "job_failed")));
        Assert.That(failed["status_reason"].Text("message"), Does.Contain($"{run}").And.Contain("http"));

        gate.SetResult();
        await trip.Api.PostAsync($"{launched.Location}/resume", null).Expect(HttpStatusCode.Accepted);
        await trip.AssertWholeAsync(await trip.Api.UntilDoneAsync(launched.Location!));
        Assert.That(trip.Workspace.RunIds, Has.Count.EqualTo(2));
        Assert.That(trip.Workspace.Serving.CallCount, Is.InRange(Trip.Open, Trip.Open + paid), "only what was in flight is asked again");
    }

    [Test]
    public async Task Cancel_WhenAJobIsAtWork_CancelsItsRunAndKeepsWhatIsDone()
    {
        await using var trip = await Trip.BeginAsync();
        var gate = new TaskCompletionSource();
        trip.Workspace.Serving.Hold(gate.Task);
        var launched = await trip.GenerateAsync(Trip.InAJob).Expect(HttpStatusCode.Accepted);
        await Trip.UntilAsync(() => trip.Workspace.Serving.InFlight > 0);

        var cancelled = await trip.Api.PostAsync($"{launched.Location}/cancel", null).Expect(HttpStatusCode.OK);

        Assert.That((cancelled.Text("status"), cancelled["status_reason"].Text("code")), Is.EqualTo(("failed", "cancelled")));
        await trip.Workspace.RunEndedAsync(trip.Workspace.RunIds.Single());
        gate.SetResult();
        var later = await trip.Api.GetAsync(launched.Location!).Expect(HttpStatusCode.OK);
        Assert.That((later.Text("status"), later["status_reason"].Text("code")), Is.EqualTo(("failed", "cancelled")));
        Assert.That(later.Number("total_pairs"), Is.EqualTo((await trip.Api.ReadPairsAsync(launched.Location!)).Count));
    }
}
