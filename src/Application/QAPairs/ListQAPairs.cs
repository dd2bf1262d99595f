using System.Globalization;
using MediatR;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.QAPairs;

/// <summary>Lists the pairs of a training sheet in item order.</summary>
/// <param name="TrainingSheetId">The training sheet.</param>
/// <param name="Filter">Which pairs.</param>
/// <param name="Limit">The most to answer with.</param>
/// <param name="Cursor">Where an earlier page ended.</param>
public sealed record ListQAPairsQuery(TrainingSheetId TrainingSheetId, QAPairFilter Filter, int? Limit = null, string? Cursor = null)
    : IRequest<Result<Page<QAPair>>>;

internal sealed class ListQAPairsHandler(ITrainingSheetRepository sheets, IQAPairRepository pairs)
    : IRequestHandler<ListQAPairsQuery, Result<Page<QAPair>>>
{
    public async Task<Result<Page<QAPair>>> Handle(ListQAPairsQuery request, CancellationToken cancellationToken)
    {
        if (!PageRequest.From(request.Limit, request.Cursor, keyLength: 1).TryGet(out var page, out var error)) return error;
        if (page.After is [var after] && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return Error.InvalidField("cursor", "Give the next_cursor of an earlier page of this list.");
        }

        if (await sheets.FindAsync(request.TrainingSheetId, cancellationToken) is null) return TrainingSheetErrors.NotFound(request.TrainingSheetId);
        return await pairs.ListAsync(request.TrainingSheetId, request.Filter, page, cancellationToken);
    }
}
