using System.Diagnostics;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Benchmarks.Bench;
using Mirion.Generation.Benchmarks.Workload;

namespace Mirion.Generation.Benchmarks.Subjects;

/// <summary>Continues a training sheet whose process was killed; the figure of its own is how long it took from the start of this process to the first new commit.</summary>
internal static class ResumeRun
{
    public static Task<int> RunAsync(Arguments arguments) => SubjectProcess.AnswerAsync(async () =>
    {
        var progress = new FirstCommit();
        await using var workspace = await BenchWorkspace.OpenAsync(BenchWorkspace.Settings(arguments.Text("folder"), arguments.Find("url")));
        var measured = await Measurement.OfAsync(async () =>
        {
            var sheet = await workspace.ContinueAsync(arguments.Text("id"), progress);
            return (sheet.Tally.Total, sheet.State.Statistics.TotalItems - sheet.Tally.Total);
        });
        return measured with { Extra = progress.Seconds };
    });

    // Not Progress<T>, which reports later on another thread.
    private sealed class FirstCommit : IProgress<GenerationProgress>
    {
        private long? _before;

        public double Seconds { get; private set; }

        public void Report(GenerationProgress value)
        {
            _before ??= value.Tally.Total;
            if (Seconds > 0 || value.Tally.Total == _before) return;
            using var process = Process.GetCurrentProcess();
            Seconds = (TimeProvider.System.GetLocalNow() - process.StartTime).TotalSeconds;
        }
    }
}
