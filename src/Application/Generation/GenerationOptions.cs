namespace Mirion.Generation.Application.Generation;

/// <summary>How generation works.</summary>
public sealed class GenerationOptions
{
    /// <summary>Where these options stand in configuration.</summary>
    public const string SectionName = "Generation";

    /// <summary>A sheet with more items than this goes to a job, unless the request says otherwise.</summary>
    public int AsyncThreshold { get; set; } = 100;

    /// <summary>Items read, and looked up among the labels, at a time.</summary>
    public int PageSize { get; set; } = 1000;

    /// <summary>Pairs written in one commit.</summary>
    public int BatchSize { get; set; } = 4000;

    /// <summary>Seconds after which a batch is written though it is not full, so that a reader sees the sheet grow.</summary>
    public double FlushSeconds { get; set; } = 2;

    /// <summary>Seconds after which a run that nothing was heard of counts as dead, and another may take over.</summary>
    public double LeaseSeconds { get; set; } = 120;

    /// <summary>Seconds that calls in flight get to end when the process is to end, since they are paid for.</summary>
    public double DrainSeconds { get; set; } = 4;

    /// <summary>The largest file that is read whole: an image to show a model, or an item's content over HTTP.</summary>
    public long MaxFileBytes { get; set; } = 20 * 1024 * 1024;

    /// <summary><see cref="LeaseSeconds"/>.</summary>
    internal TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    /// <summary><see cref="DrainSeconds"/>.</summary>
    internal TimeSpan Drain => TimeSpan.FromSeconds(DrainSeconds);
}
