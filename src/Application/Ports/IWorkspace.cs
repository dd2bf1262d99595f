namespace Mirion.Generation.Application.Ports;

/// <summary>What preparing a workspace found and did.</summary>
/// <param name="Location">Where the product's own tables are, for people.</param>
/// <param name="FromVersion">The schema version found; 0 for a workspace that had none.</param>
/// <param name="ToVersion">The schema version there is now.</param>
/// <param name="SampleSeeded">Whether the sample was put in, which happens once, on the first use of an embedded workspace.</param>
public sealed record WorkspacePreparation(string Location, int FromVersion, int ToVersion, bool SampleSeeded);

/// <summary>The workspace as a whole: where the product's own tables live.</summary>
public interface IWorkspace
{
    /// <summary>Creates or upgrades the product's tables. Safe to repeat; a host does it before it serves.</summary>
    /// <exception cref="UpstreamException">The workspace cannot be reached, or another process has it (<c>workspace_in_use</c>).</exception>
    Task<WorkspacePreparation> PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Does the least that shows the workspace answers.</summary>
    /// <exception cref="UpstreamException">It does not.</exception>
    Task PingAsync(CancellationToken cancellationToken);
}
