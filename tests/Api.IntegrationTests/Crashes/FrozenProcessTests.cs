using System.Net;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.Api.IntegrationTests.Journeys;
using Mirion.Generation.Api.IntegrationTests.Journeys.BothWorkspaces;

namespace Mirion.Generation.Api.IntegrationTests.Crashes;

/// <summary>A process that stands still for so long that it is thought dead, and then goes on without knowing what happened meanwhile.</summary>
[Platform(Exclude = "Win", Reason = "POSIX signals")]
internal sealed class FrozenProcessTests
{
    // Long enough for a process on a busy machine to show that it lives.
    private const double LeaseSeconds = 6;
    private const int RefusedExit = 2;

    private Trip _trip = null!;
    private TaskCompletionSource _gate = null!;

    [SetUp]
    public async Task BeginAsync()
    {
        _trip = await Trip.BeginAsync();
        _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _trip.Workspace.Serving.Hold(_gate.Task);
    }

    [TearDown]
    public async Task EndAsync()
    {
        _gate.TrySetResult();
        await _trip.DisposeAsync();
    }

    [Test]
    public async Task Run_WhenItsProcessWasFrozenAndAnotherTookOver_WritesNothingMore()
    {
        using var frozen = await StartAsync();
        var id = await IdAsync();
        await frozen.SignalAsync("STOP");
        _gate.SetResult();
        await TakeOverAsync(id);
        var sheet = await SheetAsync(id);
        var pairs = await _trip.Api.ReadPairsAsync(Location(id));

        await frozen.SignalAsync("CONT");
        await frozen.EndAsync();

        await _trip.AssertWholeAsync(await SheetAsync(id));
        Assert.That((await SheetAsync(id)).Text, Is.EqualTo(sheet.Text));
        Assert.That((await _trip.Api.ReadPairsAsync(Location(id))).Select(pair => pair.GetRawText()), Is.EqualTo(pairs.Select(pair => pair.GetRawText())));
    }

    private static string Location(string id) => $"/api/v1/training-sheets/{id}";

    private async Task<Victim> StartAsync()
    {
        var victim = Start("generate", "--sheet", "boards", "--template", "triage");
        await Trip.UntilAsync(() => _trip.Workspace.Serving.InFlight > 0 || victim.HasEnded);
        Assert.That(victim.HasEnded, Is.False, victim.Said);
        return victim;
    }

    private Victim Run(string id) => Start("run", "--training-sheet-id", id);

    private Victim Start(params string[] arguments) => Victim.Start(
        Victim.Cli, [.. _trip.Settings, ("Generation:LeaseSeconds", $"{LeaseSeconds}"), ("FoundationModel:MaxConcurrency", "8")], arguments);

    // Asks until it is let, and completes the training sheet.
    private async Task TakeOverAsync(string id)
    {
        for (var attempt = 0; attempt < 30; attempt++)
        {
            using var next = Run(id);
            var code = await next.EndAsync();
            if (code == 0) return;
            Assert.That((code, next.Said.Contains("already_running", StringComparison.Ordinal)), Is.EqualTo((RefusedExit, true)), next.Said);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }

        Assert.Fail("Nobody could take over.");
    }

    private async Task<string> IdAsync() => (await _trip.Api.GetAsync("training-sheets").Expect(HttpStatusCode.OK))["items"].EnumerateArray().Single().Text("id")!;

    private Task<Reply> SheetAsync(string id) => _trip.Api.GetAsync(Location(id)).Expect(HttpStatusCode.OK);
}
