using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets.JobRuns;

/// <summary>
/// Notices runs that are gone: those of jobs by what the workspace says of them, all others by their lease, which nobody renews any more. Where a job's run is
/// known its lease has no say, since a job may wait long for a machine.
/// </summary>
internal sealed partial class LostRuns(
    EndedJobRuns jobRuns,
    RunningGenerations running,
    ITrainingSheetRepository sheets,
    IQAPairRepository pairs,
    IOptions<GenerationOptions> options,
    TimeProvider clock,
    ILogger<LostRuns> logger)
{
    /// <summary>The training sheet as it stands, once a run that is gone has been taken into account.</summary>
    public async Task<TrainingSheet> FoldAsync(TrainingSheet sheet, CancellationToken cancellationToken) => (await FoldAsync([sheet], cancellationToken))[0];

    /// <summary>The same for several.</summary>
    public async Task<IReadOnlyList<TrainingSheet>> FoldAsync(IReadOnlyList<TrainingSheet> read, CancellationToken cancellationToken)
    {
        TrainingSheet[] folded = [.. await jobRuns.FoldAsync(read, cancellationToken)];
        for (var i = 0; i < folded.Length; i++)
        {
            if (IsLost(folded[i])) folded[i] = await FailAsync(folded[i], cancellationToken);
        }

        return folded;
    }

    private bool IsLost(TrainingSheet sheet) =>
        sheet is { Status: TrainingSheetStatus.Generating, State.JobRunId: null }
        && sheet.Lease.IsOver(clock.GetUtcNow(), options.Value.Lease)
        && running.Find(sheet.Id) is null;

    private async Task<TrainingSheet> FailAsync(TrainingSheet lost, CancellationToken cancellationToken)
    {
        var counted = lost.Recount(await pairs.TallyAsync(lost.Id, cancellationToken)).Value;
        var failed = counted.Fail(StatusReason.RunLost(lost.Lease.SeenAt!.Value)).Value;
        // Not if it was seen after all meanwhile.
        if (!await sheets.MoveAsync(failed, lost, CancellationToken.None)) return await sheets.FindAsync(lost.Id, cancellationToken) ?? lost;
        LogLost(failed.Id, lost.Lease.SeenAt!.Value);
        return failed;
    }

    [LoggerMessage(LogLevel.Warning, "Training sheet {Id}: nothing was heard of its run since {SeenAt:u}, which counts as dead")]
    private partial void LogLost(TrainingSheetId id, DateTimeOffset seenAt);
}
