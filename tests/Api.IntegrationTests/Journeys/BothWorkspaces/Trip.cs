using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.FakeDatabricks;

namespace Mirion.Generation.Api.IntegrationTests.Journeys.BothWorkspaces;

/// <summary>A host over a workspace with one sheet, one template and labels, ready to generate.</summary>
internal sealed class Trip : IAsyncDisposable
{
    /// <summary>Items there are, unless a test says otherwise, and those of them that no expert has labelled.</summary>
    public const int Items = 300;

    public const int Open = Items - (Items / 5);

    /// <summary>How to generate in the request itself, and in a job.</summary>
    public const string Here = """{"execution": "sync"}""";

    public const string InAJob = """{"execution": "job"}""";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DatabricksJourneyWorkspace _journey;

    private Trip(DatabricksJourneyWorkspace journey, TestApi api) => (_journey, Api) = (journey, api);

    public FakeDatabricksWorkspace Workspace => _journey.Workspace;

    public TestApi Api { get; }

    public static async Task<Trip> BeginAsync(FakeDatabricksOptions? options = null, TimeProvider? clock = null, int items = Items, params (string Key, string? Value)[] settings)
    {
        var trip = await BeginWithNothingDefinedAsync(options, clock, items, settings);
        await trip.Api.DefineAsync(Boards.Sheet("boards"));
        await trip.Api.PostAsync("canonical-labels/bulk", Boards.Labels("boards", items), "application/x-ndjson").Expect(HttpStatusCode.OK);
        return trip;
    }

    /// <summary>The same with nothing but the table.</summary>
    public static async Task<Trip> BeginWithNothingDefinedAsync(
        FakeDatabricksOptions? options = null, TimeProvider? clock = null, int items = Items, params (string Key, string? Value)[] settings)
    {
        var journey = await DatabricksJourneyWorkspace.CreateAsync(options);
        await journey.PlaceTableAsync("plant.line_a.boards", Boards.Columns, Boards.Rows(items));
        return new Trip(journey, await journey.StartAsync(services => services.AddSingleton(clock ?? TimeProvider.System), settings));
    }

    /// <summary>The settings that name the workspace, for another process over it.</summary>
    public IReadOnlyList<(string Key, string? Value)> Settings => _journey.Settings;

    /// <summary>Starts another host over the workspace.</summary>
    public Task<TestApi> AnotherHostAsync() => _journey.StartAsync();

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
