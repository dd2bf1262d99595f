using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>Decisions on pairs in a store that speaks SQL: a handful of statements, however many pairs there are.</summary>
internal sealed class SqlPairReviewRepository(ISqlSession session, LabelWrites writes) : IPairReviewRepository
{
    private static readonly ReviewCommit Nothing = new(new HashSet<QAPairId>(), Sheet: null);

    public async Task<ReviewCommit> CommitAsync(TrainingSheetId id, LabelType labelType, IReadOnlyCollection<PairReview> reviews, CancellationToken cancellationToken)
    {
        var reviewId = Guid.NewGuid();
        var commit = await WithRowsAsync(
            [.. reviews.Select(review => ReviewRows.Of(review, reviewId, labelType))], (writer, rows) => CommitAsync(writer, rows, id, labelType, reviews, reviewId), Nothing, cancellationToken);
        if (reviews.Any(review => review.Label is not null)) writes.Note();
        return commit;
    }

    public async Task<TrainingSheet?> CompleteAsync(TrainingSheetId id, LabelType labelType, IReadOnlyCollection<PairReview> reviews, CancellationToken cancellationToken)
    {
        if (reviews.Count == 0) return await session.WriteAsync(writer => SettleAsync(writer, id), cancellationToken) is [var counted] ? counted : null;
        var settled = await WithRowsAsync(
            [.. reviews.Select(review => ReviewRows.Of(review, Guid.Empty, labelType))],
            async (writer, rows) =>
            {
                await LabelWrites.UpsertAsync(writer, ReviewStatements.LabelsOf(rows, finishing: true), reviews.Count, ReviewStatements.Relabelled);
                return await SettleAsync(writer, id);
            },
            [],
            cancellationToken);
        writes.Note();
        return settled is [var sheet] ? sheet : null;
    }

    private static async Task<ReviewCommit> CommitAsync(
        ISqlWriter writer, SqlStatement rows, TrainingSheetId id, LabelType labelType, IReadOnlyCollection<PairReview> reviews, Guid reviewId)
    {
        var stored = await ClaimAsync(writer, rows, id, reviews, reviewId);
        // Without transactions the training sheet may close to review between the look and the commit of one statement.
        if (await FindAsync(writer, id) is not [var sheet] || sheet.RefusesReview() is not null)
        {
            foreach (var review in reviews.Where(review => stored.Contains(review.After.Id)))
            {
                var back = new ReviewRow(review.After.TakenBack(review.Before), reviewId, labelType, Label: null);
                await writer.ExecuteAsync(ReviewStatements.TakeBack(id, back), repeatable: true);
            }

            return Nothing with { Sheet = (await SettleAsync(writer, id)).SingleOrDefault() };
        }

        var labelled = reviews.Count(review => review.Label is not null && stored.Contains(review.After.Id));
        if (labelled > 0) await LabelWrites.UpsertAsync(writer, ReviewStatements.LabelsOf(rows, finishing: false), labelled, ReviewStatements.Relabelled);
        return new ReviewCommit(stored, (await SettleAsync(writer, id, sheet)).SingleOrDefault());
    }

    // Fewer rows than decisions were written when some were overtaken, or when a reply was lost and the statement was executed twice: the rows know.
    private static async Task<IReadOnlySet<QAPairId>> ClaimAsync(ISqlWriter writer, SqlStatement rows, TrainingSheetId id, IReadOnlyCollection<PairReview> reviews, Guid reviewId)
    {
        if (await writer.ExecuteAsync(ReviewStatements.Claim(id, rows), repeatable: true) == reviews.Count) return reviews.Select(review => review.After.Id).ToHashSet();
        return (await writer.QueryAsync(ReviewStatements.Claimed(id, reviewId), row => new QAPairId(Guid.Parse(row.Text("pair"))))).ToHashSet();
    }

    // Done when what was read last, counts first or pairs first, agrees. Whoever decides does this after the pairs are written, so the last of many sees all of them.
    private static async Task<IReadOnlyList<TrainingSheet>> SettleAsync(ISqlWriter writer, TrainingSheetId id, TrainingSheet? sheet = null)
    {
        for (; ; sheet = null)
        {
            sheet ??= (await FindAsync(writer, id)).SingleOrDefault();
            if (sheet is null) return [];
            var counted = QAPairRows.ReadTally(await writer.QueryAsync(QAPairRows.CountByStatus(id), QAPairRows.ReadStatusCount));
            if (!sheet.Settle(counted).TryGet(out var settled, out _) || settled == sheet) return [sheet];
            await writer.ExecuteAsync(ReviewStatements.Settle(settled, sheet), repeatable: true);
        }
    }

    private static Task<IReadOnlyList<TrainingSheet>> FindAsync(ISqlWriter writer, TrainingSheetId id) =>
        writer.QueryAsync(TrainingSheetRows.Table.Select(SqlStatement.Of($"{TrainingSheetRows.Table["id"]} = {id.Value}")), TrainingSheetRows.Read);

    // A caller who leaves does not break off what has begun: half a decision would be left where there are no transactions.
    private async Task<T> WithRowsAsync<T>(IReadOnlyList<ReviewRow> reviews, Func<ISqlWriter, SqlStatement, Task<T>> work, T none, CancellationToken cancellationToken)
    {
        if (reviews.Count == 0) return none;
        cancellationToken.ThrowIfCancellationRequested();
        if (reviews is [{ IsSmall: true } review]) return await session.WriteAsync(writer => work(writer, ReviewRows.Row(review)), CancellationToken.None);
        await using var staging = await session.StageAsync(ReviewRows.Table, cancellationToken);
        await staging.AddAsync(reviews, cancellationToken);
        return await staging.CommitAsync((writer, staged) => work(writer, SqlStatement.Of($"{staged}")), CancellationToken.None);
    }
}
