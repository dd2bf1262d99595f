using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Ports;

/// <summary>Starts generations outside the request that asked for them.</summary>
public interface IJobLauncher
{
    /// <summary>
    /// Has <c>RunGenerationCommand</c> carried out for a training sheet that is generating. Launching the same one twice starts it once.
    /// </summary>
    /// <returns>The job's own id of the run.</returns>
    /// <exception cref="UpstreamException">The job could not be started.</exception>
    Task<string> LaunchAsync(TrainingSheetId id, CancellationToken cancellationToken);
}
