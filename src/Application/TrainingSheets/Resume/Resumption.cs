using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets.Resume;

/// <summary>Sets a training sheet generating again, for the first of those who ask at once.</summary>
internal sealed class Resumption(ITrainingSheetRepository sheets, IQAPairRepository pairs)
{
    /// <summary>The training sheet, generating again; refused when nothing is left to generate.</summary>
    /// <param name="sheet">The training sheet as it was read.</param>
    /// <param name="keepJobRun">Whether the job's run that is noted is the one that goes on with it.</param>
    /// <param name="cancellationToken">Stops it before anything is changed.</param>
    public async Task<Result<TrainingSheet>> BeginAsync(TrainingSheet sheet, bool keepJobRun, CancellationToken cancellationToken)
    {
        var failures = sheet.Status is TrainingSheetStatus.Review ? await CountFailuresAsync(sheet.Id, cancellationToken) : 0;
        return sheet.Resume(failures).TryGet(out var resumed, out var refusal)
            ? await MoveAsync(keepJobRun ? resumed : resumed.LeftByJob().Value, sheet.Status, cancellationToken)
            : refusal;
    }

    /// <summary>The training sheet, which goes on generating without the job that had it.</summary>
    public Task<Result<TrainingSheet>> LeaveJobAsync(TrainingSheet sheet, CancellationToken cancellationToken) =>
        MoveAsync(sheet.LeftByJob().Value, TrainingSheetStatus.Generating, cancellationToken);

    private async Task<Result<TrainingSheet>> MoveAsync(TrainingSheet sheet, TrainingSheetStatus from, CancellationToken cancellationToken)
    {
        if (await sheets.MoveAsync(sheet, from, cancellationToken)) return sheet;
        return await sheets.FindAsync(sheet.Id, cancellationToken) switch
        {
            null => TrainingSheetErrors.NotFound(sheet.Id),
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
