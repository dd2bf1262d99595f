using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.FakeDatabricks;
using Mirion.Generation.FakeDatabricks.Faults;
using Mirion.Generation.FakeDatabricks.Sql;

namespace Mirion.Generation.Api.IntegrationTests.Journeys.BothWorkspaces;

/// <summary>A workspace in trouble while a training sheet is generated: every item has its pair once, and the counts are those of the pairs.</summary>
internal sealed class DatabricksFaultTests
{
    private const int Items = 300;
    private const int Open = Items - (Items / 5);
    private const string Chat = "/serving-endpoints/chat/completions";
    private const string Statements = "/api/2.0/sql/statements*";
    private const string Here = """{"execution": "sync"}""";
    private const string InAJob = """{"execution": "job"}""";

    private static readonly (string, string?)[] SmallPages = [("Generation:PageSize", "40"), ("Generation:BatchSize", "40")];

    [Test]
    public async Task Generate_WhenTokensEndMidway_GoesOnWithNewOnes()
    {
        await using var trip = await Trip.BeginAsync(settings: SmallPages);
        var (generating, release) = await trip.HoldMidwayAsync();

        trip.Workspace.ExpireTokens();
        release.SetResult();

        await trip.AssertWholeAsync(await generating.Expect(HttpStatusCode.Created));
        Assert.That(trip.Workspace.Serving.CallCount, Is.EqualTo(Open), "a question that was turned away at the door was not asked");
        Assert.That(trip.Workspace.Requests.Count(request => request.Status == 401), Is.Positive, "or nothing was tried here");
    }

    [Test]
    public async Task Generate_WhenLinksToTheSourceEndMidway_AsksForNewOnes()
    {
        // The workspace's clock alone: a program that looks at its own would not even try.
        var clock = new ForwardClock();
        await using var trip = await Trip.BeginAsync(new FakeDatabricksOptions { RowsPerChunk = 40, Clock = clock }, settings: SmallPages);
        var (generating, release) = await trip.HoldMidwayAsync();

        clock.Forward(TimeSpan.FromMinutes(20));
        release.SetResult();

        await trip.AssertWholeAsync(await generating.Expect(HttpStatusCode.Created));
    }

    [Test]
    public async Task Generate_WhenEverythingAsksForFewerCalls_IsSlowerAndLosesNothing()
    {
        await using var trip = await Trip.BeginAsync(clock: new FastClock(100), settings: SmallPages);
        trip.Workspace.Faults
            .Next("POST", Chat, Fault.Error(429, "REQUEST_LIMIT_EXCEEDED"), times: 400)
            .Next("POST", Chat, Fault.Error(429, "REQUEST_LIMIT_EXCEEDED").WithRetryAfter(2), times: 200)
            .Next("*", Statements, Fault.Error(429, "RESOURCE_EXHAUSTED"), times: 12)
            .Next("PUT", "/api/2.0/fs/files/*", Fault.Error(503, "TEMPORARILY_UNAVAILABLE").WithRetryAfter(1), times: 4);

        await trip.AssertWholeAsync(await trip.GenerateAsync(Here).Expect(HttpStatusCode.Created));
        Assert.That((trip.Workspace.Serving.CallCount, trip.Workspace.Faults.Pending), Is.EqualTo((Open, 0)));
    }

    [Test]
    public async Task Generate_WhenTheWarehouseTakesTwentySecondsToStart_WaitsForIt()
    {
        var clock = new FastClock(20);
        await using var trip = await Trip.BeginAsync(new FakeDatabricksOptions { WarehouseStart = TimeSpan.FromSeconds(20), Clock = clock }, clock);
        await trip.StopWarehouseAsync();
        var begun = clock.GetTimestamp();

        await trip.AssertWholeAsync(await trip.GenerateAsync(Here).Expect(HttpStatusCode.Created));
        Assert.That(clock.GetElapsedTime(begun), Is.GreaterThan(TimeSpan.FromSeconds(20)));
    }

    [TestCase("qa_pairs")]
    [TestCase("training_sheets")]
    [TestCase("\"review\"")]
    public async Task Generate_WhenTheReplyToAWriteIsLost_WritesItOnce(string saying)
    {
        await using var trip = await Trip.BeginAsync(clock: new FastClock(20), settings: SmallPages);
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
        await using var trip = await Trip.BeginAsync(clock: new FastClock(20), settings: SmallPages);
        var (generating, release) = await trip.HoldMidwayAsync();

        trip.Workspace.FailStatements(StatementFault.ConcurrentAppend, times: 3, text => !text.StartsWith("SELECT", StringComparison.Ordinal) && text.Contains(table, StringComparison.Ordinal));
        release.SetResult();

        await trip.AssertWholeAsync(await generating.Expect(HttpStatusCode.Created));
    }

    [Test]
    public async Task Generate_WhenItsJobIsKilled_FailsWithTheRunsPageAndIsResumed()
    {
        await using var trip = await Trip.BeginAsync();
        var gate = new TaskCompletionSource();
        trip.Workspace.Serving.Hold(gate.Task);
        var launched = await trip.GenerateAsync(InAJob).Expect(HttpStatusCode.Accepted);
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
        Assert.That(trip.Workspace.Serving.CallCount, Is.InRange(Open, Open + paid), "only what was in flight is asked again");
    }

    [Test]
    public async Task Cancel_WhenAJobIsAtWork_CancelsItsRunAndKeepsWhatIsDone()
    {
        await using var trip = await Trip.BeginAsync();
        var gate = new TaskCompletionSource();
        trip.Workspace.Serving.Hold(gate.Task);
        var launched = await trip.GenerateAsync(InAJob).Expect(HttpStatusCode.Accepted);
        await Trip.UntilAsync(() => trip.Workspace.Serving.InFlight > 0);

        var cancelled = await trip.Api.PostAsync($"{launched.Location}/cancel", null).Expect(HttpStatusCode.OK);

        Assert.That((cancelled.Text("status"), cancelled["status_reason"].Text("code")), Is.EqualTo(("failed", "cancelled")));
        await trip.Workspace.RunEndedAsync(trip.Workspace.RunIds.Single());
        gate.SetResult();
        var later = await trip.Api.GetAsync(launched.Location!).Expect(HttpStatusCode.OK);
        Assert.That((later.Text("status"), later["status_reason"].Text("code")), Is.EqualTo(("failed", "cancelled")));
        Assert.That(later.Number("total_pairs"), Is.EqualTo((await trip.Api.ReadPairsAsync(launched.Location!)).Count));
    }

    [Test]
    public async Task Generate_OfTenThousandItems_TakesAtMostThirtyStatements()
    {
        const int many = 10_000;
        await using var trip = await Trip.BeginAsync(items: many);
        var before = trip.Workspace.Statements.Count;

        var generated = await trip.GenerateAsync(Here).Expect(HttpStatusCode.Created);

        var sent = trip.Workspace.Statements.Skip(before).ToList();
        TestContext.Out.WriteLine($"{many} items: {sent.Count} statements");
        Assert.That((generated.Number("total_pairs"), generated.Number("labeled_pairs")), Is.EqualTo((many, many / 5)));
        Assert.That(sent, Has.Count.LessThanOrEqualTo(30), string.Join('\n', sent.Select(statement => statement.Text[..Math.Min(90, statement.Text.Length)])));
    }

    /// <summary>A host over a workspace with one sheet, one template and labels, ready to generate.</summary>
    private sealed class Trip : IAsyncDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

        private readonly DatabricksJourneyWorkspace _journey;

        private Trip(DatabricksJourneyWorkspace journey, TestApi api) => (_journey, Api) = (journey, api);

        public FakeDatabricksWorkspace Workspace => _journey.Workspace;

        public TestApi Api { get; }

        public static async Task<Trip> BeginAsync(FakeDatabricksOptions? options = null, TimeProvider? clock = null, int items = Items, params (string Key, string? Value)[] settings)
        {
            var journey = await DatabricksJourneyWorkspace.CreateAsync(options);
            await journey.PlaceTableAsync("plant.line_a.boards", Boards.Columns, Boards.Rows(items));
            var api = await journey.StartAsync(services => services.AddSingleton(clock ?? TimeProvider.System), settings);
            await api.DefineAsync(Boards.Sheet("boards"));
            await api.PostAsync("canonical-labels/bulk", Boards.Labels("boards", items), "application/x-ndjson").Expect(HttpStatusCode.OK);
            return new Trip(journey, api);
        }

        public Task<Reply> GenerateAsync(string config) => Api.GenerateAsync(config: config);

        /// <summary>Generates up to where the model is silent, with questions open.</summary>
        public async Task<(Task<Reply> Generating, TaskCompletionSource Release)> HoldMidwayAsync()
        {
            var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Workspace.Serving.Hold(gate.Task);
            var generating = GenerateAsync(Here);
            await UntilAsync(() => Workspace.Serving.InFlight > 0 || generating.IsCompleted);
            return (generating, gate);
        }

        public async Task StopWarehouseAsync()
        {
            using var http = new HttpClient();
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Workspace.Token);
            using var stopped = await http.PostAsync(new Uri(Workspace.Host, $"/api/2.0/sql/warehouses/{Workspace.WarehouseId}/stop"), null);
            Assert.That(stopped.IsSuccessStatusCode, await stopped.Content.ReadAsStringAsync());
        }

        /// <summary>Every item has its pair once, in order, and the counts are those of the pairs.</summary>
        public async Task AssertWholeAsync(Reply sheet)
        {
            var pairs = await Api.ReadPairsAsync(sheet.Location ?? $"/api/v1/training-sheets/{sheet.Text("id")}");
            Assert.That(sheet.Text("status"), Is.EqualTo("review"), sheet.Text);
            Assert.That(pairs.Select(pair => pair.Text("item_ref")), Is.EqualTo(Enumerable.Range(0, Items).Select(Boards.Ref)));
            Assert.That(pairs.CountBy(pair => pair.Text("status")!), Is.EquivalentTo(new KeyValuePair<string, int>[] { new("labeled", Items - Open), new("unlabeled", Open) }));
            Assert.That(
                (sheet.Number("total_pairs"), sheet.Number("labeled_pairs"), sheet.Number("unlabeled_pairs"), sheet.Number("flagged_pairs")),
                Is.EqualTo(((long)Items, (long)(Items - Open), (long)Open, 0L)));
        }

        public static async Task UntilAsync(Func<bool> holds)
        {
            using var deadline = new CancellationTokenSource(Patience);
            while (!holds()) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, deadline.Token);
        }

        public async ValueTask DisposeAsync()
        {
            await Api.DisposeAsync();
            await _journey.DisposeAsync();
        }
    }
}
