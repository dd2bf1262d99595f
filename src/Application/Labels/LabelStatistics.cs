using MediatR;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Labels;

/// <summary>Says how far the labels of a sheet reach, and how often they were reused.</summary>
/// <param name="SheetId">The sheet.</param>
public sealed record LabelStatisticsQuery(SheetId SheetId) : IRequest<Result<LabelStatistics>>;

/// <summary>How far the labels of a sheet reach.</summary>
/// <param name="SheetId">The sheet.</param>
/// <param name="Items">The items it has now, after filter and sampling.</param>
/// <param name="Types">Its label types, in ascending code point order.</param>
public sealed record LabelStatistics(SheetId SheetId, long Items, IReadOnlyList<LabelTypeUse> Types)
{
    /// <summary>
    /// What part of the items has a label of a type, from 0 to 1. Labels of items that the sheet has no more, or leaves out now, are counted too, for only a look at every item could tell;
    /// so they may outnumber the items, and that is 1.
    /// </summary>
    public double CoverageOf(LabelTypeUse type) => Items == 0 ? 0 : Math.Min(1, (double)type.Labels / Items);
}

internal sealed class LabelStatisticsHandler(ICanonicalLabelRepository labels, ISheetRepository sheets, ISheetSource source)
    : IRequestHandler<LabelStatisticsQuery, Result<LabelStatistics>>
{
    public async Task<Result<LabelStatistics>> Handle(LabelStatisticsQuery request, CancellationToken cancellationToken)
    {
        if (await sheets.FindAsync(request.SheetId, cancellationToken) is not { } sheet) return SheetErrors.NotFound(request.SheetId);
        if (!(await source.TakeCensusAsync(sheet, cancellationToken)).TryGet(out var census, out var error)) return error;
        return new LabelStatistics(sheet.Id, census.Items, await labels.SumUpAsync(sheet.Id, cancellationToken));
    }
}
