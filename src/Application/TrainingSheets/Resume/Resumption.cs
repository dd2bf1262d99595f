using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets.Resume;

/// <summary>
/// Gives a training sheet to a run, for the first of those who ask at once: one that stands still is set generating again, and one that is generating is taken over once
/// nobody is at work on it any more.
/// </summary>
internal sealed class Resumption(ITrainingSheetRepository sheets, IQAPairRepository pairs, IOptions<GenerationOptions> options, TimeProvider clock)
{
    private TimeSpan Lease => options.Value.Lease;

    /// <summary>The training sheet, taken by a run of this process; refused when another run is at work, or nothing is left to generate.</summary>
    /// <param name="read">The training sheet as it was read.</param>
    /// <param name="keepJobRun">Whether the job's run that is noted is the one that goes on with it.</param>
    /// <param name="cancellationToken">Stops it before anything is changed.</param>
    public async Task<Result<TrainingSheet>> TakeAsync(TrainingSheet read, bool keepJobRun, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (read.Lease.IsLive(now, Lease)) return TrainingSheetErrors.RunsElsewhere(read.Id, read.Lease.SeenAt!.Value + Lease);
        if (!(await GeneratingAsync(read, cancellationToken)).TryGet(out var generating, out var refusal)) return refusal;
        var left = keepJobRun ? generating : generating.LeftByJob().Value;
        return await MoveAsync(left.TakenBy(Guid.CreateVersion7(now), now).Value, read, cancellationToken);
    }

    /// <summary>The training sheet, given to the run of a job that is yet to be launched; refused when a run is at work or expected, or nothing is left to generate.</summary>
    public async Task<Result<TrainingSheet>> AwaitJobAsync(TrainingSheet read, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (read.Status is TrainingSheetStatus.Generating)
        {
            if (read.State.JobRunId is not null) return TrainingSheetErrors.AlreadyRunning(read.Id);
            if (read.Lease.SeenAt is { } seen && !read.Lease.IsOver(now, Lease)) return TrainingSheetErrors.RunsElsewhere(read.Id, seen + Lease);
        }

        return (await GeneratingAsync(read, cancellationToken)).TryGet(out var generating, out var refusal)
            ? await MoveAsync(generating.LeftByJob().Value.Awaiting(now).Value, read, cancellationToken)
            : refusal;
    }

    private async Task<Result<TrainingSheet>> GeneratingAsync(TrainingSheet read, CancellationToken cancellationToken) => read.Status switch
    {
        TrainingSheetStatus.Generating => read,
        TrainingSheetStatus.Review => read.Resume(await CountFailuresAsync(read.Id, cancellationToken)),
        _ => read.Resume(generationFailures: 0),
    };

    private async Task<Result<TrainingSheet>> MoveAsync(TrainingSheet sheet, TrainingSheet read, CancellationToken cancellationToken)
    {
        if (await sheets.MoveAsync(sheet, read, cancellationToken)) return sheet;
        return await sheets.FindAsync(sheet.Id, cancellationToken) switch
        {
            null => TrainingSheetErrors.NotFound(sheet.Id),
            // It was moved after all, and the reply was lost.
            { Lease.Run: { } run } when run == sheet.Lease.Run => sheet,
            { Status: TrainingSheetStatus.Generating } => TrainingSheetErrors.AlreadyRunning(sheet.Id),
            var other => TrainingSheetErrors.CannotMove(other.Status, TrainingSheetStatus.Generating),
        };
    }

    private async Task<long> CountFailuresAsync(TrainingSheetId id, CancellationToken cancellationToken)
    {
        var failures = 0L;
        await foreach (var mark in pairs.StreamMarksAsync(id, cancellationToken)) failures += mark.FailedToGenerate ? 1 : 0;
        return failures;
    }
}
