using Mirion.Generation.Application.Generation;

namespace Mirion.Generation.Cli.Output;

/// <summary>A line every few seconds, for logs and files: the first and the last, and in between only when there is news.</summary>
internal sealed class PlainProgress(TextWriter output, ProgressMeter meter, TimeProvider clock) : IProgressDisplay, IProgress<GenerationProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private long? _written;
    private bool _owed;

    public async Task<T> ShowAsync<T>(Func<IProgress<GenerationProgress>, Task<T>> work)
    {
        try
        {
            // News that came too soon after a line is told when its time comes, though nothing new may come for long.
            await using var timer = clock.CreateTimer(_ => WriteIfDue(), null, Pause, Pause);
            return await work(this);
        }
        finally
        {
            lock (_gate) WriteIfOwed();
        }
    }

    public void Report(GenerationProgress value)
    {
        lock (_gate)
        {
            _owed |= value != meter.Last;
            meter.Take(value);
        }

        WriteIfDue();
    }

    private void WriteIfDue()
    {
        lock (_gate)
        {
            if (_written is not { } written || clock.GetElapsedTime(written) >= Pause) WriteIfOwed();
        }
    }

    private void WriteIfOwed()
    {
        if (!_owed) return;
        output.WriteLine(string.Join(" · ", new[] { meter.Pace(), meter.Counts(), meter.Calls() }.Where(part => part.Length > 0)));
        (_written, _owed) = (clock.GetTimestamp(), false);
    }
}
