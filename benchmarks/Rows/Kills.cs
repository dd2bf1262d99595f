using Mirion.Generation.Benchmarks.Bench;
using Mirion.Generation.Benchmarks.ModelServer;
using Mirion.Generation.Benchmarks.Report;
using Mirion.Generation.Benchmarks.Subjects;
using Mirion.Generation.Benchmarks.Workload;

namespace Mirion.Generation.Benchmarks.Rows;

/// <summary>What a command line that is killed again and again leaves, and how soon it goes on.</summary>
internal static class Kills
{
    public const string Name = "kill";
    private const int MostKills = 12;

    public static async Task<RowReport> MeasureAsync(BenchContext bench)
    {
        var figures = new Figures();
        var random = new Random(20261124);
        for (var i = 0; i < bench.Repetitions; i++) await DraftedAsync(bench, figures, random);
        for (var i = 0; i < bench.Repetitions; i++) await LabelledAsync(bench, figures, random);
        var late = new Inspections(bench.Size(1_000_000, 50_000));
        var whole = await UninterruptedAsync(bench, late);
        for (var i = 0; i < bench.Repetitions; i++) await LateAsync(bench, figures, late, whole, random);
        return new RowReport(Name, "kill -9 at random moments, then resume", $"""
            The command line over an embedded workspace, killed every 0.7 to 2.2 s (drafted: {bench.Size(4_000, 1_000):N0} items, 100 ms an answer, 64 at a time) or every 0.3 to 1.2 s (labelled: {bench.Size(300_000, 50_000):N0}
            items, so that most kills are in a commit or in a recovery), at most {MostKills} times, and started again until it ends by itself; the rows are counted by SQL in a copy. Recovery is from the start of the process
            to its first new commit, for {bench.Size(1_000_000, 50_000):N0} labelled items of which most were done.
            """, figures.ToList());
    }

    private static async Task DraftedAsync(BenchContext bench, Figures figures, Random random)
    {
        var items = new Inspections(bench.Size(4_000, 1_000));
        await using var server = await ModelServerProcess.StartAsync(new ServerOptions { Latency = TimeSpan.FromMilliseconds(100), Capacity = 64 });
        var folder = await bench.PrepareAsync(items, labelled: false);
        var inFlight = 0;
        var kills = await KillUntilDoneAsync(bench, folder, server, () => Seconds(random, 0.7, 2.2), async () => inFlight += (await server.StatsAsync()).InFlight);
        var stored = StoredPairs.Read(folder, bench.NewFolder());
        figures.Add("drafted: items without exactly one pair", "", stored.NotExactlyOnce(items.Count), new Target(0));
        figures.Add("drafted: difference of counts and rows", "", Math.Abs(stored.Counted - stored.Rows), new Target(0));
        figures.Add("drafted: calls repeated over calls in flight", "×", ((await server.StatsAsync()).Taken - items.Count) / (double)Math.Max(1, inFlight), new Target(1.00));
        figures.Add("drafted: kills", "", kills);
        figures.Add("drafted: calls in flight when killed, in all", "", inFlight);
    }

    private static async Task LabelledAsync(BenchContext bench, Figures figures, Random random)
    {
        var items = new Inspections(bench.Size(300_000, 50_000));
        var folder = await bench.PrepareAsync(items, labelled: true);
        var kills = await KillUntilDoneAsync(bench, folder, server: null, () => Seconds(random, 0.3, 1.2), () => Task.CompletedTask);
        var stored = StoredPairs.Read(folder, bench.NewFolder());
        figures.Add("labelled: items without exactly one pair", "", stored.NotExactlyOnce(items.Count), new Target(0));
        figures.Add("labelled: difference of counts and rows", "", Math.Abs(stored.Counted - stored.Rows), new Target(0));
        figures.Add("labelled: kills", "", kills);
    }

    private static async Task LateAsync(BenchContext bench, Figures figures, Inspections items, double whole, Random random)
    {
        var (folder, killed) = await KilledLateAsync(bench, items, whole, random);
        using var resumed = await SubjectProcess.StartAsync("resume", "--folder", folder, "--id", killed.TrainingSheet!);
        var measured = await resumed.MeasureAsync();
        var stored = StoredPairs.Read(folder, bench.NewFolder());
        figures.Add($"killed late at {items.Count:N0} items: recovery", "s", measured.Extra, new Target(2));
        figures.Add($"killed late at {items.Count:N0} items: items without exactly one pair", "", stored.NotExactlyOnce(items.Count), new Target(0));
        figures.Add($"killed late at {items.Count:N0} items: part that was done", "%", 100.0 * killed.Rows / items.Count);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<double> UninterruptedAsync(BenchContext bench, Inspections items)
    {
        var folder = await bench.PrepareAsync(items, labelled: true);
        using var process = BenchContext.StartCli(folder, server: null, BenchContext.Generate);
        var seconds = (await process.EndAsync()).Succeeded("The command line").Seconds;
        Directory.Delete(folder, recursive: true);
        return seconds;
    }

    private static async Task<(string Folder, StoredPairs Killed)> KilledLateAsync(BenchContext bench, Inspections items, double whole, Random random)
    {
        for (var share = 0.9; ; share -= 0.1)
        {
            var folder = await bench.PrepareAsync(items, labelled: true);
            using var process = BenchContext.StartCli(folder, server: null, BenchContext.Generate);
            await Task.Delay(TimeSpan.FromSeconds(whole * (share + Seconds(random, -0.05, 0.05).TotalSeconds)), TimeProvider.System);
            if (!process.HasEnded)
            {
                await process.KillAsync();
                // Killed between its last commit and its exit, it left nothing to recover.
                if (StoredPairs.Read(folder, bench.NewFolder()) is { Status: "generating" } killed) return (folder, killed);
            }

            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> KillUntilDoneAsync(BenchContext bench, string folder, ModelServerProcess? server, Func<TimeSpan> life, Func<Task> beforeKill)
    {
        for (var kills = 0; ; kills++)
        {
            // Killed before it had anything to resume, it is started anew.
            var stored = StoredPairs.Read(folder, bench.NewFolder());
            using var process = BenchContext.StartCli(folder, server, stored.TrainingSheet is { } id ? ["run", "--training-sheet-id", id] : BenchContext.Generate);
            var ending = process.EndAsync();
            if (kills == MostKills || await Task.WhenAny(ending, Task.Delay(life(), TimeProvider.System)) == ending)
            {
                // Killed between its last commit and its exit, it has nothing left to do and says so.
                var ended = await ending;
                if (stored.Status is not ("review" or "approved")) ended.Succeeded("The command line");
                return kills;
            }

            await beforeKill();
            await process.KillAsync();
        }
    }

    private static TimeSpan Seconds(Random random, double from, double to) => TimeSpan.FromSeconds(from + ((to - from) * random.NextDouble()));
}
