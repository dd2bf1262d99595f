using Mirion.Generation.Benchmarks.Bench;
using Mirion.Generation.Benchmarks.ModelServer;
using Mirion.Generation.Benchmarks.Report;
using Mirion.Generation.Benchmarks.Workload;

namespace Mirion.Generation.Benchmarks.Rows;

/// <summary>How well an unknown limit is found and used: time over the optimum, calls rejected, items lost.</summary>
internal static class Limited
{
    public const string Name = "limit";

    private static readonly (string Name, string Who)[] Peers =
    [
        ("fixed-pause", "fixed pause on 429"), ("told-bucket", "token bucket told the limit"), ("aimd", "AIMD +1/×0.75"), ("waves", "waves of ten, no retry"),
    ];

    private static readonly ServerOptions[] Endpoints =
    [
        .. from kind in (LimitKind[])[LimitKind.FixedWindow, LimitKind.SlidingWindow, LimitKind.TokenBucket]
           from retryAfter in (bool[])[true, false]
           select new ServerOptions { Latency = TimeSpan.FromMilliseconds(100), Limit = kind, Rate = 50, RetryAfter = retryAfter },
    ];

    public static async Task<RowReport> MeasureAsync(BenchContext bench)
    {
        var items = new Inspections(bench.Size(2_000, 400));
        var figures = new Figures();
        for (var i = 0; i < bench.Repetitions; i++)
        {
            var ours = await TogetherAsync(figures, [.. Endpoints.Select(endpoint => new Contender(
                $"ours, {Words(endpoint)}", endpoint, async server => await BenchContext.OursAsync(await bench.PrepareAsync(items, labelled: false), server)))]);
            figures.Add("ours, at worst: time over optimum", "×", ours.Max(result => result.OverOptimum), new Target(1.05));
            figures.Add("ours, at worst: rejected calls of answers", "%", ours.Max(result => result.Rejected), new Target(1));
            figures.Add("ours, in all: lost items", "", ours.Sum(result => result.Lost), new Target(0));
        }

        // The peers show an order of magnitude: once, and under one kind of limit.
        foreach (var retryAfter in (bool[])[true, false])
        {
            var endpoint = Endpoints[0] with { RetryAfter = retryAfter };
            var contenders = Peers.Select(peer => new Contender($"{peer.Who}, {Words(endpoint)}", endpoint, server => BenchContext.PeerAsync(peer.Name, server, items)));
            if (bench.HasLangChain) contenders = contenders.Append(new($"LangChain.js, {Words(endpoint)}", endpoint, server => bench.LangChainAsync(server, items)));
            await TogetherAsync(figures, [.. contenders]);
        }

        return new RowReport(Name, "an endpoint with a limit that nobody told us: 50 calls a second, else 429", $"""
            {items.Count:N0} different questions, 100 ms an answer, at most 64 in flight. A fixed window counts from the first call; a token bucket holds a second's worth; Retry-After is in whole seconds, rounded up.
            Optimum is the least time in which the limit lets in as many calls as came to an answer: who loses items has a shorter one. Each contender has a process and an endpoint of its own; those of one kind run side by side, since they hardly use the processor. At worst is over these six endpoints.
            """, figures.ToList());
    }

    private static async Task<IReadOnlyList<Result>> TogetherAsync(Figures figures, Contender[] contenders)
    {
        var servers = await Task.WhenAll(contenders.Select(contender => ModelServerProcess.StartAsync(contender.Endpoint)));
        // One after the other: the warm-up of one would be in the way of the others'.
        var subjects = new List<SubjectProcess>();
        foreach (var (i, contender) in contenders.Index()) subjects.Add(await contender.Start(servers[i]));
        var measured = await Task.WhenAll(subjects.Select(subject => subject.MeasureAsync()));
        var results = new List<Result>();
        foreach (var (i, contender) in contenders.Index())
        {
            var stats = await servers[i].StatsAsync();
            var result = new Result(measured[i].Seconds / contender.Endpoint.Optimum((int)measured[i].Done).TotalSeconds, 100.0 * stats.Rejected / stats.Answered, measured[i].Lost);
            results.Add(result);
            figures.Add($"{contender.Who}: time over optimum", "×", result.OverOptimum);
            figures.Add($"{contender.Who}: rejected calls of answers", "%", result.Rejected);
            figures.Add($"{contender.Who}: lost items", "", result.Lost);
            subjects[i].Dispose();
            await servers[i].DisposeAsync();
        }

        return results;
    }

    private static string Words(ServerOptions endpoint) => (endpoint.Limit switch
    {
        LimitKind.FixedWindow => "fixed window",
        LimitKind.SlidingWindow => "sliding window",
        _ => "token bucket",
    }) + (endpoint.RetryAfter ? " with Retry-After" : " without Retry-After");

    private sealed record Contender(string Who, ServerOptions Endpoint, Func<ModelServerProcess, Task<SubjectProcess>> Start);

    private sealed record Result(double OverOptimum, double Rejected, long Lost);
}
