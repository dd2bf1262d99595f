using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Testing.Fakes;

/// <summary>Decisions on the pairs of an <see cref="InMemoryTrainingSheetRepository"/>.</summary>
public sealed class InMemoryPairReviewRepository(InMemoryTrainingSheetRepository store, InMemoryCanonicalLabelRepository labels) : IPairReviewRepository
{
    /// <inheritdoc />
    public Task<ReviewCommit> CommitAsync(TrainingSheetId id, LabelType labelType, IReadOnlyCollection<PairReview> reviews, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(store.Review(id, reviews, review => labels.Relabel(review.After, labelType, review.Label!)));
    }

    /// <inheritdoc />
    public Task<TrainingSheet?> CompleteAsync(TrainingSheetId id, LabelType labelType, IReadOnlyCollection<PairReview> reviews, CancellationToken cancellationToken) =>
        Task.FromResult(store.Complete(id, reviews, review => labels.Relabel(review.After, labelType, review.Label!)));
}
