using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets.JobRuns;

/// <summary>Has a job carry out a generation, and notes the job's run.</summary>
internal sealed class JobLaunch(IJobLauncher launcher, ITrainingSheetRepository sheets)
{
    /// <summary>The training sheet with the run that was launched for it, which goes on from the run <paramref name="after"/>.</summary>
    /// <exception cref="UpstreamException">The job could not be launched.</exception>
    public async Task<Result<TrainingSheet>> LaunchAsync(TrainingSheet sheet, string? after, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // From here on a caller that leaves is not waited for: a run that was launched and never noted could not be found again.
        var run = await launcher.LaunchAsync(sheet.Id, after, CancellationToken.None);
        await sheets.NoteJobRunAsync(sheet.Id, run, CancellationToken.None);

        // Whoever cancelled or deleted it in between found no run that could be stopped.
        var stored = await sheets.FindAsync(sheet.Id, CancellationToken.None);
        if (stored is not (null or { Status: TrainingSheetStatus.Failed, State.StatusReason.Code: StatusReason.CancelledCode })) return sheet.LaunchedAs(run);
        await launcher.CancelAsync(run, CancellationToken.None);
        return stored is null ? TrainingSheetErrors.NotFound(sheet.Id) : stored;
    }
}
