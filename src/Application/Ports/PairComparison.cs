using Mirion.Generation.Application.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Ports;

/// <summary>What two pairs of an item differ in; or that there is only one.</summary>
public enum PairChange
{
    /// <summary>The answers are different texts, or only one pair has one.</summary>
    Answer,

    /// <summary>The statuses are different.</summary>
    Status,

    /// <summary>They link different canonical labels, or only one links any.</summary>
    Label,

    /// <summary>Only the training sheet that is compared has a pair of the item.</summary>
    OnlyHere,

    /// <summary>Only the one it is compared with has a pair of the item.</summary>
    OnlyThere,
}

/// <summary>What a comparison looks at in a pair.</summary>
/// <param name="Id">The pair.</param>
/// <param name="SequenceNumber">The item's place in item order.</param>
/// <param name="Status">Its status.</param>
/// <param name="Answer">Its answer, or null while there is none.</param>
/// <param name="CanonicalLabelId">The label it links, or null.</param>
public sealed record ComparedPair(QAPairId Id, long SequenceNumber, QAPairStatus Status, string? Answer, CanonicalLabelId? CanonicalLabelId);

/// <summary>An item whose pairs in two training sheets are not alike.</summary>
/// <param name="ItemRef">The item.</param>
/// <param name="Here">Its pair in the training sheet that is compared, or null.</param>
/// <param name="There">Its pair in the one it is compared with, or null.</param>
public sealed record PairDifference(ItemRef ItemRef, ComparedPair? Here, ComparedPair? There)
{
    /// <summary>What is different; none when the pairs are alike after all.</summary>
    public IReadOnlyList<PairChange> Changes { get; } = [.. Find(Here, There)];

    private static IEnumerable<PairChange> Find(ComparedPair? here, ComparedPair? there)
    {
        if (here is null || there is null)
        {
            if (here is not null) yield return PairChange.OnlyHere;
            if (there is not null) yield return PairChange.OnlyThere;
            yield break;
        }

        if (here.Answer != there.Answer) yield return PairChange.Answer;
        if (here.Status != there.Status) yield return PairChange.Status;
        if (here.CanonicalLabelId != there.CanonicalLabelId) yield return PairChange.Label;
    }
}

/// <summary>How the pairs of two training sheets compare. An item with several changes is counted with each.</summary>
/// <param name="Items">Items that have a pair in either.</param>
/// <param name="Same">Those whose pairs are alike.</param>
/// <param name="OnlyHere">Those with a pair only in the training sheet that is compared.</param>
/// <param name="OnlyThere">Those with a pair only in the one it is compared with.</param>
/// <param name="AnswerChanged">Those with a pair in both, whose answers differ.</param>
/// <param name="StatusChanged">Those with a pair in both, whose statuses differ.</param>
/// <param name="LabelChanged">Those with a pair in both, which link different labels.</param>
public sealed record ComparisonCount(long Items, long Same, long OnlyHere, long OnlyThere, long AnswerChanged, long StatusChanged, long LabelChanged);

/// <summary>A comparison of the pairs of two training sheets.</summary>
/// <param name="Count">All of them, counted.</param>
/// <param name="Differences">Some of the items whose pairs are not alike.</param>
public sealed record PairComparison(ComparisonCount Count, Page<PairDifference> Differences);
