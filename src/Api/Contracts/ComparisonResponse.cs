using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.TrainingSheets.Compare;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Api.Contracts;

/// <summary>How two generations of a sheet compare.</summary>
/// <param name="Id">The training sheet that is compared: <c>here</c>.</param>
/// <param name="OtherId">The one it is compared with: <c>there</c>.</param>
/// <param name="Summary">All items, counted.</param>
/// <param name="Items">Items that differ, in item order.</param>
/// <param name="NextCursor">What to send as <c>cursor</c> for the next part; null when there is none.</param>
public sealed record ComparisonResponse(string Id, string OtherId, ComparisonSummaryResponse Summary, IReadOnlyList<ComparedItemResponse> Items, string? NextCursor)
{
    internal static ComparisonResponse Of(TrainingSheetComparison comparison) => new(
        comparison.Here.Id.Value,
        comparison.There.Id.Value,
        ComparisonSummaryResponse.Of(comparison),
        [.. comparison.Pairs.Differences.Items.Select(ComparedItemResponse.Of)],
        Cursor.Encode(comparison.Pairs.Differences.Next));
}

/// <summary>How many items changed. One with several changes is counted with each.</summary>
/// <param name="Items">Items that have a pair in either training sheet.</param>
/// <param name="Same">Those whose pairs are alike.</param>
/// <param name="OnlyHere">Those with a pair in the first alone.</param>
/// <param name="OnlyThere">Those with a pair in the second alone.</param>
/// <param name="AnswerChanged">Those whose answers differ.</param>
/// <param name="StatusChanged">Those whose statuses differ.</param>
/// <param name="LabelChanged">Those that link different canonical labels.</param>
/// <param name="MissingHere">Items that the first has no pair of, since its generation ended early.</param>
/// <param name="MissingThere">Items that the second has no pair of, since its generation ended early.</param>
public sealed record ComparisonSummaryResponse(
    long Items, long Same, long OnlyHere, long OnlyThere, long AnswerChanged, long StatusChanged, long LabelChanged, long MissingHere, long MissingThere)
{
    internal static ComparisonSummaryResponse Of(TrainingSheetComparison comparison)
    {
        var count = comparison.Pairs.Count;
        return new(
            count.Items, count.Same, count.OnlyHere, count.OnlyThere, count.AnswerChanged, count.StatusChanged, count.LabelChanged, comparison.MissingHere, comparison.MissingThere);
    }
}

/// <summary>An item that differs.</summary>
/// <param name="ItemRef">The item.</param>
/// <param name="SequenceNumber">Its place in item order, from 0; that of the first training sheet where both have one.</param>
/// <param name="Changes">What is different.</param>
/// <param name="Here">Its pair in the first training sheet; null when there is none.</param>
/// <param name="There">Its pair in the second; null when there is none.</param>
public sealed record ComparedItemResponse(string ItemRef, long SequenceNumber, IReadOnlyList<PairChange> Changes, ComparedPairResponse? Here, ComparedPairResponse? There)
{
    internal static ComparedItemResponse Of(PairDifference difference) => new(
        difference.ItemRef.Value,
        (difference.Here ?? difference.There)!.SequenceNumber,
        difference.Changes,
        ComparedPairResponse.Of(difference.Here),
        ComparedPairResponse.Of(difference.There));
}

/// <summary>What a comparison looks at in a pair.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="Status">Its quality.</param>
/// <param name="Answer">Its answer; null while there is none.</param>
/// <param name="CanonicalLabelId">The label it links; null when it links none.</param>
public sealed record ComparedPairResponse(string PairId, QAPairStatus Status, string? Answer, string? CanonicalLabelId)
{
    internal static ComparedPairResponse? Of(ComparedPair? pair) => pair is null
        ? null
        : new ComparedPairResponse(pair.Id.ToString(), pair.Status, pair.Answer, pair.CanonicalLabelId?.Value);
}
