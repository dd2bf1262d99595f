using MediatR;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.TrainingSheets.JobRuns;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets;

/// <summary>Reads a training sheet. One whose run is gone without a word is failed by that, with the reason.</summary>
/// <param name="Id">The training sheet.</param>
public sealed record GetTrainingSheetQuery(TrainingSheetId Id) : IRequest<Result<TrainingSheet>>;

internal sealed class GetTrainingSheetHandler(ITrainingSheetRepository sheets, LostRuns lostRuns) : IRequestHandler<GetTrainingSheetQuery, Result<TrainingSheet>>
{
    public async Task<Result<TrainingSheet>> Handle(GetTrainingSheetQuery request, CancellationToken cancellationToken) =>
        await sheets.FindAsync(request.Id, cancellationToken) is { } sheet ? await lostRuns.FoldAsync(sheet, cancellationToken) : TrainingSheetErrors.NotFound(request.Id);
}
