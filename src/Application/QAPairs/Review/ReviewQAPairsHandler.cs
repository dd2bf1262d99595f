using MediatR;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.QAPairs.Review;

/// <summary>Goes through the pairs page by page, a commit each, and holds one page at a time.</summary>
internal sealed class ReviewQAPairsHandler(IQAPairRepository pairs, ITrainingSheetRepository sheets, PairReviewer reviewer) : IRequestHandler<ReviewQAPairsCommand, Result<BulkReview>>
{
    private const int PageSize = 500;
    private const int MostListed = 100;

    public Task<Result<BulkReview>> Handle(ReviewQAPairsCommand request, CancellationToken cancellationToken) => request.Filter is { } filter
        ? ReviewAsync(filter, request.Action, cancellationToken)
        : ReviewAsync(request.Ids!, request.Action, cancellationToken);

    private async Task<Result<BulkReview>> ReviewAsync(ReviewFilter filter, ReviewAction action, CancellationToken cancellationToken)
    {
        if (await sheets.FindAsync(filter.TrainingSheetId, cancellationToken) is not { } sheet) return TrainingSheetErrors.NotFound(filter.TrainingSheetId);
        if (sheet.RefusesReview() is { } closed) return closed;
        var count = new Tally();
        // Item order stays as it is while pairs change, so a page goes on where the one before ended.
        for (IReadOnlyList<string>? after = null; ;)
        {
            var page = await pairs.ListAsync(filter.TrainingSheetId, filter.Pairs, new PageRequest(PageSize, after), cancellationToken);
            await DecideAsync(page.Items, filter.Pairs, action, count, cancellationToken);
            if (page.Next is null) return count.Review();
            after = page.Next;
        }
    }

    private async Task<Result<BulkReview>> ReviewAsync(IReadOnlyList<string> names, ReviewAction action, CancellationToken cancellationToken)
    {
        var count = new Tally();
        foreach (var page in names.Distinct(StringComparer.OrdinalIgnoreCase).Chunk(PageSize))
        {
            var ids = page.Select(name => (Name: name, Id: Guid.TryParse(name, out var id) ? new QAPairId(id) : (QAPairId?)null)).ToList();
            var found = await pairs.FindAllAsync([.. ids.Select(id => id.Id).OfType<QAPairId>().Distinct()], cancellationToken);
            var known = found.Select(pair => pair.Id).ToHashSet();
            foreach (var (name, _) in ids.Where(id => id.Id is null || !known.Contains(id.Id.Value))) count.Refuse(name, QAPairErrors.NotFound(name));
            await DecideAsync(found, new QAPairFilter(), action, count, cancellationToken);
        }

        return count.Review();
    }

    private async Task DecideAsync(IReadOnlyList<QAPair> page, QAPairFilter filter, ReviewAction action, Tally count, CancellationToken cancellationToken)
    {
        foreach (var group in page.GroupBy(pair => pair.State.TrainingSheetId))
        {
            for (IReadOnlyList<QAPair> open = [.. group]; open.Count > 0;)
            {
                var lost = await DecideAsync(group.Key, open, action, count, cancellationToken);
                if (lost.Count == 0) break;
                var again = await pairs.FindAllAsync(lost, cancellationToken);
                foreach (var gone in lost.Except(again.Select(pair => pair.Id))) count.Refuse(gone.ToString(), QAPairErrors.NotFound(gone.ToString()));
                // What somebody made into something else is no longer what the filter asks for.
                open = [.. again.Where(pair => Meets(pair, filter))];
            }
        }
    }

    private async Task<IReadOnlyList<QAPairId>> DecideAsync(TrainingSheetId id, IReadOnlyList<QAPair> open, ReviewAction action, Tally count, CancellationToken cancellationToken)
    {
        if (await sheets.FindAsync(id, cancellationToken) is not { } sheet)
        {
            foreach (var pair in open) count.Refuse(pair.Id.ToString(), QAPairErrors.NotFound(pair.Id.ToString()));
            return [];
        }

        var outcome = await reviewer.DecideAsync(sheet, open, action, cancellationToken);
        count.Changed += outcome.Decided.Count;
        foreach (var (pair, error) in outcome.Refused) count.Refuse(pair.ToString(), error);
        return outcome.Lost;
    }

    private static bool Meets(QAPair pair, QAPairFilter filter) =>
        (filter.Status is null || filter.Status == pair.Status) && (filter.LabelingMode is null || filter.LabelingMode == pair.State.LabelingMode);

    private sealed class Tally
    {
        private readonly List<ReviewRefusal> _listed = [];
        private long _refused;

        public long Changed { get; set; }

        public void Refuse(string id, Error error)
        {
            if (_refused++ < MostListed) _listed.Add(new ReviewRefusal(id, error));
        }

        public BulkReview Review() => new(Changed, _listed, _refused);
    }
}
