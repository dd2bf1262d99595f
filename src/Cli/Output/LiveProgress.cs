using Mirion.Generation.Application.Generation;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Mirion.Generation.Cli.Output;

/// <summary>A bar that a person watches.</summary>
internal sealed class LiveProgress(IAnsiConsole console, ProgressMeter meter) : IProgressDisplay
{
    private const int BarWidth = 16;

    public Task<T> ShowAsync<T>(Func<IProgress<GenerationProgress>, Task<T>> work)
    {
        var display = console.Progress()
            .ExcludeVerticalPadding()
            .Columns(new SpinnerColumn(), new ProgressBarColumn { Width = BarWidth }, new FactsColumn(meter));
        return display.StartAsync(async context =>
        {
            var bar = context.AddTask("generating", maxValue: 1);
            bar.IsIndeterminate = true;
            try
            {
                return await work(new Bar(bar, meter));
            }
            finally
            {
                // What was refused before it began leaves no bar behind.
                display.AutoClear = meter.Last is null;
            }
        });
    }

    private sealed class Bar(ProgressTask task, ProgressMeter meter) : IProgress<GenerationProgress>
    {
        public void Report(GenerationProgress value)
        {
            meter.Take(value);
            task.IsIndeterminate = meter.Share is null;
            task.Value = meter.Share ?? 0;
        }
    }

    // A few short lines, so that they fit beside the bar in a window of 80 columns also where there are a million items.
    private sealed class FactsColumn(ProgressMeter meter) : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(string.Join('\n', meter.Pace(), meter.Counts(), meter.Calls()));
    }
}
