using MediatR;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.TrainingSheets.JobRuns;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets.Resume;

/// <summary>
/// Goes on with a training sheet that failed or whose run died, or tries again the items of one in review that could not be generated; where it ran before: here, while
/// the caller waits, or in a job.
/// </summary>
/// <param name="Id">The training sheet.</param>
public sealed record ResumeGenerationCommand(TrainingSheetId Id) : IRequest<Result<TrainingSheet>>;

internal sealed class ResumeGenerationHandler(
    Resumption resumption, GenerationRunner runner, RunningGenerations running, JobLaunch launch, EndedJobRuns jobRuns, ITrainingSheetRepository sheets)
    : IRequestHandler<ResumeGenerationCommand, Result<TrainingSheet>>
{
    public async Task<Result<TrainingSheet>> Handle(ResumeGenerationCommand request, CancellationToken cancellationToken)
    {
        if (await sheets.FindAsync(request.Id, cancellationToken) is not { } sheet) return TrainingSheetErrors.NotFound(request.Id);
        return sheet.State.Mode is ExecutionMode.Job ? await LaunchAsync(sheet, cancellationToken) : await RunAsync(sheet, cancellationToken);
    }

    private async Task<Result<TrainingSheet>> RunAsync(TrainingSheet sheet, CancellationToken cancellationToken)
    {
        using var run = running.TryTake(sheet.Id);
        if (run is null) return TrainingSheetErrors.AlreadyRunning(sheet.Id);
        return (await resumption.TakeAsync(sheet, keepJobRun: false, cancellationToken)).TryGet(out var resumed, out var refusal)
            ? await runner.ContinueAsync(resumed, run, progress: null, keepGenerating: false, cancellationToken)
            : refusal;
    }

    private async Task<Result<TrainingSheet>> LaunchAsync(TrainingSheet read, CancellationToken cancellationToken)
    {
        // One that its job has left without a word has failed by that.
        var sheet = await jobRuns.FoldAsync(read, cancellationToken);
        if (!(await resumption.AwaitJobAsync(sheet, cancellationToken)).TryGet(out var resumed, out var refusal)) return refusal;
        try
        {
            return await launch.LaunchAsync(resumed, after: sheet.State.JobRunId, cancellationToken);
        }
        catch (Exception e) when (e is UpstreamException or OperationCanceledException)
        {
            // Nothing was begun: it stands as it stood before, with the run that ended noted.
            await sheets.MoveAsync(TrainingSheet.Restore(sheet.State with { Lease = resumed.Released().Value.Lease }), resumed, CancellationToken.None);
            throw;
        }
    }
}
