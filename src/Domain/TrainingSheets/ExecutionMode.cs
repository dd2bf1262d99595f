namespace Mirion.Generation.Domain.TrainingSheets;

/// <summary>Where a generation is asked to run.</summary>
public enum ExecutionMode
{
    /// <summary>Here for small sheets, in a job for large ones.</summary>
    Auto,

    /// <summary>Here, while the caller waits.</summary>
    Sync,

    /// <summary>In a job.</summary>
    Job,
}
