namespace Mirion.Generation.Application.Generation.Progress;

/// <summary>The progress of a run, for whoever watches it in this process.</summary>
internal sealed class ProgressFeed : LatestValue<GenerationProgress>
{
    /// <summary>Reports that go to those who watch and to <paramref name="caller"/>, who asked for the run.</summary>
    public IProgress<GenerationProgress> Tell(IProgress<GenerationProgress>? caller) => new Report(this, caller);

    private sealed class Report(ProgressFeed feed, IProgress<GenerationProgress>? caller) : IProgress<GenerationProgress>
    {
        void IProgress<GenerationProgress>.Report(GenerationProgress value)
        {
            feed.Set(value);
            caller?.Report(value);
        }
    }
}
