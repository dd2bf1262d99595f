using MediatR;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets;

/// <summary>Notes that a model was trained on a training sheet, which is frozen from then on. Doing it twice is as good as once.</summary>
/// <param name="Id">The training sheet.</param>
public sealed record MarkTrainedCommand(TrainingSheetId Id) : IRequest<Result<TrainingSheet>>;

internal sealed class MarkTrainedHandler(ITrainingSheetRepository sheets, IQAPairRepository pairs, IPairReviewRepository reviews) : IRequestHandler<MarkTrainedCommand, Result<TrainingSheet>>
{
    public async Task<Result<TrainingSheet>> Handle(MarkTrainedCommand request, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await sheets.FindAsync(request.Id, cancellationToken) is not { } sheet) return TrainingSheetErrors.NotFound(request.Id);
            if (sheet.Status is TrainingSheetStatus.Trained) return sheet;
            // Decisions that broke off may have left counts behind that say otherwise.
            if (sheet.Status is TrainingSheetStatus.Review) sheet = await reviews.CompleteAsync(request.Id, sheet.Recipe.Template.LabelType, [], cancellationToken) ?? sheet;
            if (sheet.Status is TrainingSheetStatus.Review) return TrainingSheetErrors.PairsAwaitReview(sheet.Tally.Unlabeled + sheet.Tally.Flagged);
            if (!sheet.MarkTrained().TryGet(out var trained, out var error)) return error;
            if (await sheets.MoveAsync(trained, sheet, cancellationToken)) return await ConfirmAsync(trained, sheet);
        }
    }

    // From here on no decision is taken. One that was, a moment before, may not be counted yet: the pairs have the last word, and nobody who leaves breaks this off.
    private async Task<Result<TrainingSheet>> ConfirmAsync(TrainingSheet trained, TrainingSheet before)
    {
        var counted = await pairs.TallyAsync(trained.Id, CancellationToken.None);
        if (counted == trained.Tally) return trained;
        if (trained.Settle(counted).TryGet(out var recounted, out _))
        {
            await sheets.MoveAsync(recounted, trained, CancellationToken.None);
            return recounted;
        }

        await sheets.MoveAsync(before.Settle(counted).Value, trained, CancellationToken.None);
        return TrainingSheetErrors.PairsAwaitReview(counted.Unlabeled + counted.Flagged);
    }
}
