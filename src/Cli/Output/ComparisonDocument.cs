using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.TrainingSheets.Compare;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Cli.Output;

/// <summary>A comparison as the HTTP API answers with it.</summary>
internal sealed record ComparisonDocument(string Id, string OtherId, ComparisonSummary Summary, IReadOnlyList<ComparedItem> Items, string? NextCursor)
{
    /// <summary><paramref name="comparison"/> as it stands in JSON.</summary>
    public static ComparisonDocument Of(TrainingSheetComparison comparison) => new(
        comparison.Here.Id.Value,
        comparison.There.Id.Value,
        ComparisonSummary.Of(comparison.Pairs.Count, comparison.MissingHere, comparison.MissingThere),
        [.. comparison.Pairs.Differences.Items.Select(ComparedItem.Of)],
        Cursor.Encode(comparison.Pairs.Differences.Next));

    /// <summary>A change as people read it.</summary>
    public static string Word(PairChange change) => SnakeCase<PairChange>.Of(change).Replace('_', ' ');
}

/// <summary>All items, counted.</summary>
internal sealed record ComparisonSummary(
    long Items, long Same, long OnlyHere, long OnlyThere, long AnswerChanged, long StatusChanged, long LabelChanged, long MissingHere, long MissingThere)
{
    public static ComparisonSummary Of(ComparisonCount count, long missingHere, long missingThere) =>
        new(count.Items, count.Same, count.OnlyHere, count.OnlyThere, count.AnswerChanged, count.StatusChanged, count.LabelChanged, missingHere, missingThere);
}

/// <summary>An item that differs.</summary>
internal sealed record ComparedItem(string ItemRef, long SequenceNumber, IReadOnlyList<PairChange> Changes, ComparedAnswer? Here, ComparedAnswer? There)
{
    public static ComparedItem Of(PairDifference item) => new(
        item.ItemRef.Value, (item.Here ?? item.There)!.SequenceNumber, item.Changes, ComparedAnswer.Of(item.Here), ComparedAnswer.Of(item.There));
}

/// <summary>What a comparison looks at in a pair.</summary>
internal sealed record ComparedAnswer(string PairId, QAPairStatus Status, string? Answer, string? CanonicalLabelId)
{
    public static ComparedAnswer? Of(ComparedPair? pair) => pair is null ? null : new(pair.Id.ToString(), pair.Status, pair.Answer, pair.CanonicalLabelId?.Value);
}
