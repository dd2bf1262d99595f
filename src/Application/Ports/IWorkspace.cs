namespace Mirion.Generation.Application.Ports;

/// <summary>What preparing a workspace found and did.</summary>
/// <param name="Location">Where the product's own tables are, for people.</param>
/// <param name="FromVersion">The schema version found; 0 for a workspace that had none.</param>
/// <param name="ToVersion">The schema version there is now.</param>
/// <param name="SampleSeeded">Whether the sample was put in, which happens once, on the first use of an embedded workspace.</param>
public sealed record WorkspacePreparation(string Location, int FromVersion, int ToVersion, bool SampleSeeded);

/// <summary>One thing that was looked at in a workspace.</summary>
/// <param name="Name">What, such as <c>warehouse</c>; stable, snake_case.</param>
/// <param name="Passed">Whether it is as it should be.</param>
/// <param name="Finding">What was found, for people; no secret.</param>
/// <param name="Remedy">What to do about it; null when it passed.</param>
public sealed record WorkspaceCheck(string Name, bool Passed, string Finding, string? Remedy = null);

/// <summary>The workspace as a whole: where the product's own tables live.</summary>
public interface IWorkspace
{
    /// <summary>
    /// Makes sure that the product's tables are there, at the version this program knows; a host does it before it serves. A workspace of this machine alone creates or
    /// upgrades them; one that is shared leaves that to <see cref="MigrateAsync"/>, and refuses.
    /// </summary>
    /// <exception cref="UpstreamException">
    /// The workspace cannot be reached, another process has it (<c>workspace_in_use</c>), or its tables are older (<c>workspace_not_migrated</c>) or newer
    /// (<c>workspace_too_new</c>) than this program.
    /// </exception>
    Task<WorkspacePreparation> PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Creates or upgrades the product's tables. Safe to repeat.</summary>
    /// <exception cref="UpstreamException">The workspace cannot be reached, or its tables were made by a later version of this program.</exception>
    Task<WorkspacePreparation> MigrateAsync(CancellationToken cancellationToken);

    /// <summary>Does the least that shows the workspace answers.</summary>
    /// <exception cref="UpstreamException">It does not.</exception>
    Task PingAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Looks at everything the product needs of the workspace, one thing after another, and says what to do where something is amiss. Never throws for what it looks at:
    /// that is its finding.
    /// </summary>
    IAsyncEnumerable<WorkspaceCheck> ExamineAsync(CancellationToken cancellationToken);
}
