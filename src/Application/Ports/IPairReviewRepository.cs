using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Ports;

/// <summary>A decision on a pair, with what follows from it.</summary>
/// <param name="Before">The pair as it was read.</param>
/// <param name="After">The pair as the decision makes it; its revision is the next one.</param>
/// <param name="Label">The answer for the pair's canonical label; null where the decision does not concern the label.</param>
public sealed record PairReview(QAPair Before, QAPair After, LabelData? Label);

/// <summary>What became of decisions.</summary>
/// <param name="Stored">The pairs that are as their decision made them; every other one was changed by somebody else, or is gone, and is as it was.</param>
/// <param name="Sheet">The training sheet afterwards; null when there is none. Nothing is stored where it is not open to review.</param>
public sealed record ReviewCommit(IReadOnlySet<QAPairId> Stored, TrainingSheet? Sheet);

/// <summary>Storing people's decisions on pairs. Every method is one complete operation; writes are committed when it returns.</summary>
/// <remarks>
/// <para>
/// Where a store has transactions everything is one. Where it has none the order is: the pairs, each on condition of its revision, which decides; then a look whether the training sheet is
/// still open, and if not the pairs are put back; then the versions that labels have so far; then the labels; then the counts. What breaks off leaves behind, and who mends it:
/// </para>
/// <list type="bullet">
/// <item>after the pairs: decided pairs whose labels do not say so yet. The same decision, sent again, is refused (the pair is where it would put it), and the label is written
/// (<see cref="CompleteAsync"/>); any later approval or edit of the pair writes it too.</item>
/// <item>before the pairs could be put back: pairs decided on in a training sheet that closed at that very moment. Nobody was told that they were stored.</item>
/// <item>after the labels' versions: a version that is kept and still the present one. The next write of the label finds it kept.</item>
/// <item>before the counts: counts of before. They are always counted from the pairs, so the next decision on any pair of the training sheet sets them right, accepted or refused.</item>
/// </list>
/// </remarks>
public interface IPairReviewRepository
{
    /// <summary>
    /// Stores decisions on pairs of one training sheet, provided that it is in review or approved: each pair whose stored revision and making are still those of
    /// <see cref="PairReview.Before"/>, the canonical labels that follow, and the counts and the status of the training sheet. Of several who decide on a pair at once one does.
    /// A label that says the same already stays as it is; one that says something else gets its next version and keeps its notes and its usage constraints; a new one takes the pair's. A decision that is
    /// overtaken by another one on the same pair does not write the label after it.
    /// </summary>
    /// <param name="id">The training sheet.</param>
    /// <param name="labelType">The type of its labels.</param>
    /// <param name="reviews">The decisions, at most one a pair.</param>
    /// <param name="cancellationToken">Stops it before it begins; what has begun is carried through.</param>
    Task<ReviewCommit> CommitAsync(TrainingSheetId id, LabelType labelType, IReadOnlyCollection<PairReview> reviews, CancellationToken cancellationToken);

    /// <summary>
    /// Finishes what a decision left undone: writes the labels of pairs that are stored as <see cref="PairReview.After"/>, by the rules of <see cref="CommitAsync"/>, and counts the pairs anew.
    /// Answers the training sheet afterwards; null when there is none.
    /// </summary>
    Task<TrainingSheet?> CompleteAsync(TrainingSheetId id, LabelType labelType, IReadOnlyCollection<PairReview> reviews, CancellationToken cancellationToken);
}
