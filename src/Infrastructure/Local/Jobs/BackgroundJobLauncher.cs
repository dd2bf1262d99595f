using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Infrastructure.Local.Jobs;

/// <summary>Has training sheets generated in the background of this process; see <see cref="GenerationWorker"/>.</summary>
internal sealed class BackgroundJobLauncher(GenerationQueue queue) : IJobLauncher
{
    public Task<string> LaunchAsync(TrainingSheetId id, CancellationToken cancellationToken)
    {
        queue.Add(id);
        return Task.FromResult($"local-{id}");
    }
}
