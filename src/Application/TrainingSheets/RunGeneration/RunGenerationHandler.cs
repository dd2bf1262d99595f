using MediatR;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.TrainingSheets.JobRuns;
using Mirion.Generation.Application.TrainingSheets.Resume;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets.RunGeneration;

internal sealed class RunGenerationHandler(
    Resumption resumption, GenerationRunner runner, RunningGenerations running, EndedJobRuns jobRuns, ITrainingSheetRepository sheets)
    : IRequestHandler<RunGenerationCommand, Result<TrainingSheet>>
{
    public async Task<Result<TrainingSheet>> Handle(RunGenerationCommand request, CancellationToken cancellationToken)
    {
        // Taken before it is read, so that whoever cancels it from now on finds the run.
        using var run = running.TryTake(request.Id);
        if (run is null) return TrainingSheetErrors.AlreadyRunning(request.Id);
        if (await sheets.FindAsync(request.Id, cancellationToken) is not { } stored) return TrainingSheetErrors.NotFound(request.Id);
        return (await BeginAsync(stored, cancellationToken)).TryGet(out var sheet, out var refusal)
            ? await runner.ContinueAsync(sheet, run, request.Progress, request.KeepGenerating, cancellationToken)
            : refusal;
    }

    // Within the job its own run is at work. Anywhere else, what a job left is completed without it, and that its run is over must not fail this one.
    private async Task<Result<TrainingSheet>> BeginAsync(TrainingSheet stored, CancellationToken cancellationToken) =>
        await resumption.TakeAsync(stored, keepJobRun: !await jobRuns.IsOverAsync(stored, cancellationToken), cancellationToken);
}
