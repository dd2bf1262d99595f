using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Infrastructure.Local.Jobs;

/// <summary>Has training sheets generated in the background of this process; see <see cref="GenerationWorker"/>.</summary>
internal sealed class BackgroundJobLauncher(GenerationQueue queue) : IJobLauncher
{
    public Task<string> LaunchAsync(TrainingSheetId id, string? after, CancellationToken cancellationToken)
    {
        queue.Add(id);
        return Task.FromResult($"local-{id}");
    }

    // What a host leaves behind, its next start takes up again: a run that is not over is on its way.
    public Task<JobRun?> FindAsync(string jobRunId, CancellationToken cancellationToken) => Task.FromResult<JobRun?>(new JobRun(JobRunState.Active));

    // A run of this process is stopped where it runs, and one that waits finds its training sheet no longer generating.
    public Task CancelAsync(string jobRunId, CancellationToken cancellationToken) => Task.CompletedTask;
}
