using System.Globalization;
using MediatR;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.TrainingSheets.JobRuns;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets;

/// <summary>Lists training sheets, newest first. Those whose run is gone without a word are failed by that, with the reason.</summary>
/// <param name="Limit">The most to answer with.</param>
/// <param name="Cursor">Where an earlier page ended.</param>
public sealed record ListTrainingSheetsQuery(int? Limit = null, string? Cursor = null) : IRequest<Result<Page<TrainingSheet>>>;

internal sealed class ListTrainingSheetsHandler(ITrainingSheetRepository sheets, LostRuns lostRuns) : IRequestHandler<ListTrainingSheetsQuery, Result<Page<TrainingSheet>>>
{
    public async Task<Result<Page<TrainingSheet>>> Handle(ListTrainingSheetsQuery request, CancellationToken cancellationToken)
    {
        if (!PageRequest.From(request.Limit, request.Cursor, keyLength: 2).TryGet(out var page, out var error)) return error;
        if (page.After is [var createdAt, _] && !DateTimeOffset.TryParseExact(createdAt, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return Error.InvalidField("cursor", "Give the next_cursor of an earlier page of this list.");
        }

        var listed = await sheets.ListAsync(page, cancellationToken);
        return listed with { Items = await lostRuns.FoldAsync(listed.Items, cancellationToken) };
    }
}
