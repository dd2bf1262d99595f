using MediatR;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets;

/// <summary>Deletes a training sheet with its pairs, unless it is being generated or was trained on.</summary>
/// <param name="Id">The training sheet.</param>
public sealed record DeleteTrainingSheetCommand(TrainingSheetId Id) : IRequest<Result<Unit>>;

internal sealed class DeleteTrainingSheetHandler(ITrainingSheetRepository sheets, IAnswerJournal journals) : IRequestHandler<DeleteTrainingSheetCommand, Result<Unit>>
{
    public async Task<Result<Unit>> Handle(DeleteTrainingSheetCommand request, CancellationToken cancellationToken)
    {
        if (await sheets.FindAsync(request.Id, cancellationToken) is not { } sheet) return TrainingSheetErrors.NotFound(request.Id);
        if (sheet.RefusesDeletion() is { } refusal) return refusal;
        if (!await sheets.DeleteAsync(request.Id, cancellationToken)) return TrainingSheetErrors.NotFound(request.Id);
        await journals.DropAsync(request.Id, CancellationToken.None);
        return Unit.Value;
    }
}
