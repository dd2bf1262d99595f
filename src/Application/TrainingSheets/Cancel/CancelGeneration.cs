using MediatR;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets.Cancel;

/// <summary>Stops a generation wherever it runs. What is done is kept; the training sheet is failed, with the reason <c>cancelled</c>.</summary>
/// <param name="Id">The training sheet.</param>
public sealed record CancelGenerationCommand(TrainingSheetId Id) : IRequest<Result<TrainingSheet>>;

internal sealed class CancelGenerationHandler(
    RunningGenerations running, IJobLauncher launcher, ITrainingSheetRepository sheets, IQAPairRepository pairs)
    : IRequestHandler<CancelGenerationCommand, Result<TrainingSheet>>
{
    public async Task<Result<TrainingSheet>> Handle(CancelGenerationCommand request, CancellationToken cancellationToken)
    {
        if (await sheets.FindAsync(request.Id, cancellationToken) is not { } sheet) return TrainingSheetErrors.NotFound(request.Id);
        if (sheet.Fail(StatusReason.Cancelled).Error is { } refusal) return refusal;

        // A run in this process settles the training sheet itself, with the last of what it has done.
        if (running.Stop(request.Id) is { } ended) await ended.WaitAsync(cancellationToken);
        else if (sheet.State.JobRunId is { } run) await launcher.CancelAsync(run, cancellationToken);
        return await SettleAsync(request.Id, cancellationToken);
    }

    private async Task<Result<TrainingSheet>> SettleAsync(TrainingSheetId id, CancellationToken cancellationToken)
    {
        if (await sheets.FindAsync(id, cancellationToken) is not { } stored) return TrainingSheetErrors.NotFound(id);
        if (stored is { Status: TrainingSheetStatus.Failed, State.StatusReason.Code: StatusReason.CancelledCode }) return stored;
        // The run may have ended by itself just before it would have been stopped.
        if (!stored.Recount(await pairs.TallyAsync(id, cancellationToken)).TryGet(out var counted, out _)) return TrainingSheetErrors.CannotMove(stored.Status, TrainingSheetStatus.Failed);
        if (!counted.Fail(StatusReason.Cancelled).TryGet(out var cancelled, out var over)) return over;
        // Not over a commit that came since it was read, or its counts would be of pairs there were before.
        if (!await sheets.MoveAsync(cancelled, stored, cancellationToken)) return await SettleAsync(id, cancellationToken);

        // One that waited in the queue may have begun meanwhile; it would find out at its first commit, and pay for the calls until then.
        if (running.Stop(id) is { } late) await late.WaitAsync(cancellationToken);
        return cancelled;
    }
}
