using System.Runtime;
using Mirion.Generation.Benchmarks.Bench;
using Mirion.Generation.Benchmarks.Workload;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Benchmarks.Subjects;

/// <summary>
/// The engine over a prepared folder, as a host runs it: checks, reads, asks, stores, settles. The figure of its own is how long the compiler was still at work meanwhile.
/// </summary>
internal static class OurRun
{
    private const int WarmItems = 2_000;

    private const int MostWarmRuns = 8;

    // Methods that ran often are compiled anew in the background, a tenth of a second after the last was first called. A run is warm when that has come to rest.
    private static readonly TimeSpan Recompiling = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var url = arguments.Find("url");
        var settings = arguments.All("set").Select(setting => setting.Split('=', 2)).Select(parts => (parts[0], parts[1])).ToArray();
        if (arguments.Has("warm")) await WarmUpAsync(arguments.Find("warm"), settings);
        await using var workspace = await BenchWorkspace.OpenAsync([.. BenchWorkspace.Settings(arguments.Text("folder"), url), .. settings]);
        return await SubjectProcess.AnswerAsync(async () =>
        {
            var compiled = JitInfo.GetCompilationTime();
            var measured = await Measurement.OfAsync(async () => Count(await workspace.GenerateAsync()), arguments.Int("runs", 1));
            return measured with { Extra = (JitInfo.GetCompilationTime() - compiled).TotalSeconds };
        });
    }

    // Another workspace and, where a model is asked, another endpoint: nothing is known of the measured one but how to run.
    private static async Task WarmUpAsync(string? warmUrl, (string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("mirion-bench-warm-").FullName;
        try
        {
            await PreparedFolder.MakeAsync(folder, new Inspections(WarmItems), labelled: warmUrl is null);
            await using var workspace = await BenchWorkspace.OpenAsync([.. BenchWorkspace.Settings(folder, warmUrl), .. settings]);
            for (var (runs, compiled) = (0, Rest); runs < MostWarmRuns && compiled >= Rest; runs++)
            {
                var before = JitInfo.GetCompilationTime();
                await workspace.GenerateAsync();
                for (var last = TimeSpan.MinValue; JitInfo.GetCompilationTime() is var now && now != last; last = now) await Task.Delay(Recompiling, TimeProvider.System);
                compiled = JitInfo.GetCompilationTime() - before;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (long Done, long Lost) Count(TrainingSheet sheet) => sheet.Status is TrainingSheetStatus.Failed
        ? throw new InvalidOperationException($"The training sheet failed: {sheet.State.StatusReason}")
        : (sheet.Tally.Labeled + sheet.Tally.Unlabeled, sheet.State.Statistics.TotalItems - sheet.Tally.Labeled - sheet.Tally.Unlabeled);
}
