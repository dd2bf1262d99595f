using Mirion.Generation.Application.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Ports;

/// <summary>Which pairs of a training sheet are wanted; null means any.</summary>
/// <param name="Status">Of this status.</param>
/// <param name="LabelingMode">Of this mode.</param>
public sealed record QAPairFilter(QAPairStatus? Status = null, LabelingMode? LabelingMode = null);

/// <summary>What a run needs to know of a pair that is already there.</summary>
/// <param name="ItemRef">The item.</param>
/// <param name="Status">The pair's status.</param>
/// <param name="FailedToGenerate">Whether it is flagged with a generation error and undecided, and so is tried again.</param>
public sealed record PairMark(ItemRef ItemRef, QAPairStatus Status, bool FailedToGenerate);

/// <summary>How many pairs are alike in status and uses.</summary>
/// <param name="Status">Their status.</param>
/// <param name="Usage">The uses they allow and prohibit; neither reason nor classification.</param>
/// <param name="Pairs">How many.</param>
public sealed record PairCount(QAPairStatus Status, UsagePolicy Usage, long Pairs);

/// <summary>
/// Reading Q&amp;A pairs. They are written with their training sheet, by <see cref="ITrainingSheetRepository.CommitBatchAsync"/>, and decided on by <see cref="IPairReviewRepository"/>.
/// </summary>
public interface IQAPairRepository
{
    /// <summary>The pair of this id, or null.</summary>
    Task<QAPair?> FindAsync(QAPairId id, CancellationToken cancellationToken);

    /// <summary>The pairs there are of these ids, in no order, in one look-up.</summary>
    Task<IReadOnlyList<QAPair>> FindAllAsync(IReadOnlyCollection<QAPairId> ids, CancellationToken cancellationToken);

    /// <summary>Pairs of a training sheet in item order. The sort key is [sequence_number].</summary>
    Task<Page<QAPair>> ListAsync(TrainingSheetId id, QAPairFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Pairs of a training sheet in item order, streamed.</summary>
    IAsyncEnumerable<QAPair> StreamAsync(TrainingSheetId id, QAPairFilter filter, CancellationToken cancellationToken);

    /// <summary>A mark for every pair of a training sheet, by item_ref in ascending code point order, streamed.</summary>
    IAsyncEnumerable<PairMark> StreamMarksAsync(TrainingSheetId id, CancellationToken cancellationToken);

    /// <summary>The pairs of a training sheet by status, counted from the pairs themselves.</summary>
    Task<PairTally> TallyAsync(TrainingSheetId id, CancellationToken cancellationToken);

    /// <summary>The pairs of a training sheet by status and uses, counted from the pairs themselves, in no order.</summary>
    Task<IReadOnlyList<PairCount>> CountAsync(TrainingSheetId id, CancellationToken cancellationToken);

    /// <summary>
    /// Compares the pairs of two training sheets item by item: counts all of them, and gives a page of the items whose pairs are not alike, by item_ref in ascending code
    /// point order. The sort key is [item_ref].
    /// </summary>
    /// <param name="here">The training sheet that is compared.</param>
    /// <param name="there">The one it is compared with.</param>
    /// <param name="page">Which of the differences.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<PairComparison> CompareAsync(TrainingSheetId here, TrainingSheetId there, PageRequest page, CancellationToken cancellationToken);
}
