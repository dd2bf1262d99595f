using System.Diagnostics;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.ModelServer;

namespace Mirion.Generation.Benchmarks;

/// <summary>The model path: no item is labelled, an endpoint answers each in 100 ms, every pair is stored.</summary>
internal static class DraftedItems
{
    private const int Concurrency = 64;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    public static async Task<string> MeasureAsync(int items)
    {
        await using var server = await FakeModelServer.StartAsync();
        server.Always(_ => async (call, context) =>
        {
            await Task.Delay(Latency, TimeProvider.System);
            await ChatReplies.Answer("""{"defect":"residue"}""")(call, context);
        });
        await using var workspace = await BenchWorkspace.CreateAsync(
            items, ("FoundationModel:BaseUrl", server.BaseUrl), ("FoundationModel:MaxConcurrency", $"{Concurrency}"));

        var started = Stopwatch.GetTimestamp();
        var sheet = await workspace.GenerateAsync();
        var wall = Stopwatch.GetElapsedTime(started);
        if (sheet.Tally != new PairTally(0, items, 0, 0)) throw new InvalidOperationException($"Expected {items} unlabelled pairs, got {sheet.Tally}.");

        var ideal = Latency * items / Concurrency;
        return $"drafted {items:N0}: {wall.TotalSeconds:F2} s; ideal {ideal.TotalSeconds:F2} s; ratio {wall / ideal:F2}; "
            + $"{server.CallCount:N0} calls, at most {server.MostInFlight} in flight";
    }
}
