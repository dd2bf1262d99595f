using MediatR;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets.Compare;

/// <summary>Says which items changed answer, status or label between two generations of a sheet.</summary>
/// <param name="Id">The training sheet that is compared.</param>
/// <param name="OtherId">The one it is compared with.</param>
/// <param name="Limit">The most differences to answer with.</param>
/// <param name="Cursor">Where an earlier page ended.</param>
public sealed record CompareTrainingSheetsQuery(TrainingSheetId Id, TrainingSheetId OtherId, int? Limit = null, string? Cursor = null)
    : IRequest<Result<TrainingSheetComparison>>;

/// <summary>How two training sheets compare.</summary>
/// <param name="Here">The one that is compared.</param>
/// <param name="There">The one it is compared with.</param>
/// <param name="Pairs">Their pairs.</param>
public sealed record TrainingSheetComparison(TrainingSheet Here, TrainingSheet There, PairComparison Pairs)
{
    /// <summary>Items of the first that have no pair, since its generation ended early.</summary>
    public long MissingHere => Missing(Here);

    /// <summary>Items of the second that have no pair, since its generation ended early.</summary>
    public long MissingThere => Missing(There);

    private static long Missing(TrainingSheet sheet) => Math.Max(0, sheet.State.Statistics.TotalItems - sheet.Tally.Total);
}
