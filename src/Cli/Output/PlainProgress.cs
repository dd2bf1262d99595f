using Mirion.Generation.Application.Generation;

namespace Mirion.Generation.Cli.Output;

/// <summary>A line now and then, for logs and files: at most one a second, and the last.</summary>
internal sealed class PlainProgress(TextWriter output, ProgressMeter meter, TimeProvider clock) : IProgressDisplay, IProgress<GenerationProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long? _written;
    private bool _owed;

    public async Task<T> ShowAsync<T>(Func<IProgress<GenerationProgress>, Task<T>> work)
    {
        try
        {
            return await work(this);
        }
        finally
        {
            if (_owed) Write();
        }
    }

    // Reports come one after the other, from the one writer of the run.
    public void Report(GenerationProgress value)
    {
        meter.Take(value);
        _owed = true;
        if (_written is not { } written || clock.GetElapsedTime(written) >= Pause) Write();
    }

    private void Write()
    {
        output.WriteLine($"{meter.Pace()} · {meter.Counts()}");
        (_written, _owed) = (clock.GetTimestamp(), false);
    }
}
