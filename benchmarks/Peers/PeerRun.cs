using Mirion.Generation.Benchmarks.Bench;
using Mirion.Generation.Benchmarks.Workload;

namespace Mirion.Generation.Benchmarks.Peers;

/// <summary>Asks about every item in its own way; the answer is how many got an answer.</summary>
internal delegate Task<int> Peer(PeerClient client, int concurrency);

/// <summary>One of the peers that are written here, run beside ours.</summary>
internal static class PeerRun
{
    private const int WarmItems = 5_000;

    private static readonly Dictionary<string, Peer> Peers = new()
    {
        ["bare"] = Loops.BareAsync,
        ["sequential"] = (client, _) => Loops.SequentialAsync(client),
        ["waves"] = (client, _) => Loops.WavesAsync(client),
        ["fixed-pause"] = Limiters.FixedPauseAsync,
        ["told-bucket"] = Limiters.ToldBucketAsync,
        ["aimd"] = Limiters.AimdAsync,
    };

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var items = new Inspections(arguments.Int("items", 1_000), arguments.Find("questions") is null ? null : arguments.Int("questions", 0));
        var concurrency = arguments.Int("concurrency", 64);
        using (var warm = new PeerClient(arguments.Text("warm"), new Inspections(WarmItems))) await Loops.BareAsync(warm, concurrency);
        using var client = new PeerClient(arguments.Text("url"), items);
        var ask = Peers[arguments.Text("name")];
        return await SubjectProcess.AnswerAsync(() => Measurement.OfAsync(async () =>
        {
            var done = await ask(client, concurrency);
            return (done, items.Count - done);
        }));
    }
}
