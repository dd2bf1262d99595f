using MediatR;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.QAPairs.Review;

/// <summary>Decides on a pair.</summary>
/// <param name="Id">The pair, as text; what is no id names no pair.</param>
/// <param name="Action">The decision.</param>
/// <param name="IfTagged">The states (<see cref="PairTag"/>) on which it is meant, any of them; null for whatever state the pair is in.</param>
public sealed record ReviewQAPairCommand(string Id, ReviewAction Action, IReadOnlyCollection<string>? IfTagged = null) : IRequest<Result<QAPair>>;

internal sealed class ReviewQAPairHandler(IQAPairRepository pairs, ITrainingSheetRepository sheets, PairReviewer reviewer) : IRequestHandler<ReviewQAPairCommand, Result<QAPair>>
{
    public async Task<Result<QAPair>> Handle(ReviewQAPairCommand request, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.Id, out var id)) return QAPairErrors.NotFound(request.Id);

        // Whoever loses was overtaken by a decision that is stored: somebody gets on, however many there are.
        while (true)
        {
            if (await pairs.FindAsync(new QAPairId(id), cancellationToken) is not { } pair) return QAPairErrors.NotFound(request.Id);
            if (request.IfTagged is { } tags && !tags.Contains(PairTag.Of(pair))) return QAPairErrors.Stale(pair);
            if (await sheets.FindAsync(pair.State.TrainingSheetId, cancellationToken) is not { } sheet) return TrainingSheetErrors.NotFound(pair.State.TrainingSheetId);
            var outcome = await reviewer.DecideAsync(sheet, [pair], request.Action, cancellationToken);
            if (outcome.Decided is [var decided]) return decided;
            if (outcome.Refused is [var refused]) return refused.Error;
        }
    }
}
