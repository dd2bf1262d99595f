using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Ports;

/// <summary>Where the run of a job stands, whatever words the workspace has for it.</summary>
public enum JobRunState
{
    /// <summary>It waits, works, or is being stopped.</summary>
    Active,

    /// <summary>It ended by itself, and well.</summary>
    Succeeded,

    /// <summary>It failed, or never began.</summary>
    Failed,

    /// <summary>Somebody stopped it.</summary>
    Cancelled,
}

/// <summary>The run of a job.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why it ended as it did, in the workspace's own code, such as <c>RUN_EXECUTION_ERROR</c>; null while it is active.</param>
/// <param name="Page">Where a person sees its log; null where there is no such page.</param>
public sealed record JobRun(JobRunState State, string? Reason = null, Uri? Page = null);

/// <summary>Carries out generations outside the request that asked for them.</summary>
public interface IJobLauncher
{
    /// <summary>
    /// Has <c>RunGenerationCommand</c> carried out for a training sheet that is generating. Launching the same one twice after the same run starts it once.
    /// </summary>
    /// <param name="id">The training sheet.</param>
    /// <param name="after">The run that this one goes on from; null for the first.</param>
    /// <param name="cancellationToken">Stops the call, not the run.</param>
    /// <returns>The job's own id of the run.</returns>
    /// <exception cref="UpstreamException">The job could not be started.</exception>
    Task<string> LaunchAsync(TrainingSheetId id, string? after, CancellationToken cancellationToken);

    /// <summary>The run of this id; null when nobody knows it any more.</summary>
    /// <exception cref="UpstreamException">The workspace does not say.</exception>
    Task<JobRun?> FindAsync(string jobRunId, CancellationToken cancellationToken);

    /// <summary>Asks for the run to be stopped; it may take a while, and one that has ended stays as it is.</summary>
    /// <exception cref="UpstreamException">The workspace refused.</exception>
    Task CancelAsync(string jobRunId, CancellationToken cancellationToken);
}
