using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.UnitTests.QAPairs.Review;

/// <summary>Storing of decisions before which, once, somebody else does something.</summary>
internal sealed class MeanwhileReviews(IPairReviewRepository reviews, Func<Task> meanwhile) : IPairReviewRepository
{
    private bool _done;

    public async Task<ReviewCommit> CommitAsync(TrainingSheetId id, LabelType labelType, IReadOnlyCollection<PairReview> decisions, CancellationToken cancellationToken)
    {
        if (!_done)
        {
            _done = true;
            await meanwhile();
        }

        return await reviews.CommitAsync(id, labelType, decisions, cancellationToken);
    }

    public Task<TrainingSheet?> CompleteAsync(TrainingSheetId id, LabelType labelType, IReadOnlyCollection<PairReview> decisions, CancellationToken cancellationToken) =>
        reviews.CompleteAsync(id, labelType, decisions, cancellationToken);
}
