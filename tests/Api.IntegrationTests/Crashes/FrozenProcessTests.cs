using System.Globalization;
using System.Net;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.Api.IntegrationTests.Journeys;
using Mirion.Generation.Api.IntegrationTests.Journeys.BothWorkspaces;
using Mirion.Generation.FakeDatabricks.Serving;

namespace Mirion.Generation.Api.IntegrationTests.Crashes;

/// <summary>A process that stands still for so long that it is thought dead, and then goes on without knowing what happened meanwhile.</summary>
[Platform(Exclude = "Win", Reason = "POSIX signals")]
internal sealed class FrozenProcessTests
{
    // Long enough for a process on a busy machine to show that it lives.
    private const double LeaseSeconds = 6;
    private const int RefusedExit = 2;
    private const int AtOnce = 4;

    private Trip _trip = null!;

    [SetUp]
    public async Task BeginAsync()
    {
        _trip = await Trip.BeginAsync();
        _trip.Workspace.Serving.Always(ServingAnswers.Text(call => $"answer {call.Number}"));
    }

    [TearDown]
    public async Task EndAsync() => await _trip.DisposeAsync();

    [Test]
    public async Task Run_WhenItsProcessWasFrozenAndAnotherTookOver_WritesNothingMore()
    {
        var (itsCalls, theirCalls) = (new TaskCompletionSource(), new TaskCompletionSource());
        _trip.Workspace.Serving.Hold(itsCalls.Task);
        using var frozen = Start("generate", "--sheet", "boards", "--template", "triage");
        await Trip.UntilAsync(() => _trip.Workspace.Serving.InFlight == AtOnce || frozen.HasEnded);
        var id = (await _trip.Api.GetAsync("training-sheets").Expect(HttpStatusCode.OK))["items"].EnumerateArray().Single().Text("id")!;

        await frozen.SignalAsync("STOP");
        _trip.Workspace.Serving.Hold(theirCalls.Task);
        using var other = await TakeOverAsync(id);
        // It wakes with answers in hand that it paid for, while the other is still at work.
        itsCalls.SetResult();
        await frozen.SignalAsync("CONT");
        await frozen.EndAsync();
        var midway = await AnswersAsync(id);
        theirCalls.SetResult();
        var code = await other.EndAsync();

        Assert.That(code, Is.Zero, other.Said);
        Assert.That(midway.Concat(await AnswersAsync(id)), Has.None.InRange(1, AtOnce), "an answer of the one that was thought dead");
        await _trip.AssertWholeAsync(await _trip.Api.GetAsync($"training-sheets/{id}").Expect(HttpStatusCode.OK));
    }

    private Victim Start(params string[] arguments) => Victim.Start(
        Victim.Cli,
        [.. _trip.Settings, ("Generation:LeaseSeconds", $"{LeaseSeconds}"), ("Generation:BatchSize", $"{AtOnce}"), ("FoundationModel:MaxConcurrency", $"{AtOnce}")],
        arguments);

    // Asks until it is let, and has calls in flight of its own.
    private async Task<Victim> TakeOverAsync(string id)
    {
        for (var attempt = 0; attempt < 60; attempt++)
        {
            var next = Start("run", "--training-sheet-id", id);
            await Trip.UntilAsync(() => _trip.Workspace.Serving.InFlight > AtOnce || next.HasEnded);
            if (!next.HasEnded) return next;
            Assert.That((await next.EndAsync(), next.Said.Contains("already_running", StringComparison.Ordinal)), Is.EqualTo((RefusedExit, true)), next.Said);
            next.Dispose();
            await Task.Delay(TimeSpan.FromSeconds(0.5), TimeProvider.System);
        }

        throw new TimeoutException("Nobody could take over.");
    }

    // The numbers of the calls whose answers stand in pairs.
    private async Task<List<int>> AnswersAsync(string id) =>
    [
        .. (await _trip.Api.ReadPairsAsync($"/api/v1/training-sheets/{id}"))
            .Where(pair => pair.Text("status") == "unlabeled")
            .Select(pair => int.Parse(pair.Says("assistant")!.Split(' ')[1], CultureInfo.InvariantCulture)),
    ];
}
