using MediatR;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.TrainingSheets.JobRuns;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets.Compare;

internal sealed class CompareTrainingSheetsHandler(ITrainingSheetRepository sheets, IQAPairRepository pairs, LostRuns lostRuns)
    : IRequestHandler<CompareTrainingSheetsQuery, Result<TrainingSheetComparison>>
{
    public async Task<Result<TrainingSheetComparison>> Handle(CompareTrainingSheetsQuery request, CancellationToken cancellationToken)
    {
        if (!PageRequest.From(request.Limit, request.Cursor, keyLength: 1).TryGet(out var page, out var invalid)) return invalid;
        if (!(await FindAsync(request.Id, cancellationToken)).TryGet(out var here, out var unfit)) return unfit;
        if (!(await FindAsync(request.OtherId, cancellationToken)).TryGet(out var there, out var otherUnfit)) return otherUnfit;
        if (here.Recipe.Sheet.Id != there.Recipe.Sheet.Id) return TrainingSheetErrors.SheetsDiffer(here, there);
        return new TrainingSheetComparison(here, there, await pairs.CompareAsync(here.Id, there.Id, page, cancellationToken));
    }

    // One that failed is compared by the pairs it has. One that is being generated would be another at every page.
    private async Task<Result<TrainingSheet>> FindAsync(TrainingSheetId id, CancellationToken cancellationToken)
    {
        if (await sheets.FindAsync(id, cancellationToken) is not { } stored) return TrainingSheetErrors.NotFound(id);
        var sheet = await lostRuns.FoldAsync(stored, cancellationToken);
        return sheet.Status is TrainingSheetStatus.Generating ? TrainingSheetErrors.AlreadyRunning(id) : sheet;
    }
}
