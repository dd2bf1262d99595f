using Mirion.Generation.Application.Labels;
using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Api.Contracts;

/// <summary>How far the labels of a sheet reach, and how often they were reused.</summary>
/// <param name="SheetId">The sheet.</param>
/// <param name="LabelTypes">The types of label that it has, by name.</param>
public sealed record LabelStatisticsResponse(string SheetId, IReadOnlyList<LabelTypeStatisticsResponse> LabelTypes)
{
    internal static LabelStatisticsResponse Of(LabelStatistics statistics) =>
        new(statistics.SheetId.Value, [.. statistics.Types.Select(type => LabelTypeStatisticsResponse.Of(statistics, type))]);
}

/// <summary>The labels of one type.</summary>
/// <param name="LabelType">The type.</param>
/// <param name="Labels">How many there are.</param>
/// <param name="Items">How many items the sheet has now, after filter and sampling.</param>
/// <param name="Coverage">What part of the items is labelled, from 0 to 1: labels by items, though labels of items that the sheet has no more are among them.</param>
/// <param name="ReuseCount">Pairs, of all training sheets, whose answer is one of these labels without anybody having been asked.</param>
/// <param name="LastReuse">When the latest of these pairs was made; null when there is none.</param>
public sealed record LabelTypeStatisticsResponse(string LabelType, long Labels, long Items, double Coverage, long ReuseCount, DateTimeOffset? LastReuse)
{
    internal static LabelTypeStatisticsResponse Of(LabelStatistics statistics, LabelTypeUse type) =>
        new(type.LabelType.Value, type.Labels, statistics.Items, statistics.CoverageOf(type), type.Reuses, type.LastReuse);
}
