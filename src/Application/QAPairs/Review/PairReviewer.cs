using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.QAPairs.Review;

/// <summary>What became of a decision on several pairs; each is in one of the three.</summary>
/// <param name="Decided">The pairs as they are stored.</param>
/// <param name="Refused">The pairs that the decision does not suit, and why.</param>
/// <param name="Lost">The pairs that somebody else changed meanwhile: to be read and decided on again.</param>
internal sealed record ReviewOutcome(IReadOnlyList<QAPair> Decided, IReadOnlyList<(QAPairId Id, Error Error)> Refused, IReadOnlyList<QAPairId> Lost);

/// <summary>Decides on pairs of one training sheet, by whoever is asking, now.</summary>
internal sealed class PairReviewer(ICanonicalLabelRepository labels, IPairReviewRepository reviews, ICurrentUser user, TimeProvider clock)
{
    /// <summary>Takes <paramref name="action"/> on pairs as they were read, in one commit.</summary>
    public async Task<ReviewOutcome> DecideAsync(TrainingSheet sheet, IReadOnlyList<QAPair> pairs, ReviewAction action, CancellationToken cancellationToken)
    {
        if (sheet.RefusesReview() is { } closed) return new([], [.. pairs.Select(pair => (pair.Id, closed))], []);
        var labelType = sheet.Recipe.Template.LabelType;
        var known = await FindLabelsAsync(sheet, pairs, action, cancellationToken);
        var decision = new PairDecision(user.Name, clock.GetUtcNow().ToStored());
        var (wanted, unfinished, refused) = (new List<PairReview>(pairs.Count), new List<PairReview>(), new List<(QAPairId Id, Error Error)>());
        foreach (var pair in pairs)
        {
            var label = known.GetValueOrDefault(pair.State.ItemRef);
            if (Decide(sheet, pair, action, label, decision).TryGet(out var review, out var error)) wanted.Add(review);
            else refused.Add((pair.Id, error));
            if (error is not null && action.Labels && Unfinished(sheet, pair, label) is { } left) unfinished.Add(left);
        }

        var commit = wanted.Count == 0 ? null : await reviews.CommitAsync(sheet.Id, labelType, wanted, cancellationToken);
        // A decision that is refused because it was taken already may be the repetition of one that broke off.
        if (unfinished.Count > 0 || commit is null) await reviews.CompleteAsync(sheet.Id, labelType, unfinished, cancellationToken);
        return commit is null ? new([], refused, []) : Outcome(sheet.Id, commit, wanted, refused);
    }

    private static ReviewOutcome Outcome(TrainingSheetId id, ReviewCommit commit, List<PairReview> wanted, List<(QAPairId Id, Error Error)> refused)
    {
        var lost = wanted.Where(review => !commit.Stored.Contains(review.After.Id)).Select(review => review.After.Id).ToList();
        var closed = commit.Sheet is null ? TrainingSheetErrors.NotFound(id) : commit.Sheet.RefusesReview();
        var decided = wanted.Where(review => commit.Stored.Contains(review.After.Id)).Select(review => review.After).ToList();
        return closed is null ? new(decided, refused, lost) : new(decided, [.. refused, .. lost.Select(pair => (pair, closed))], []);
    }

    private static Result<PairReview> Decide(TrainingSheet sheet, QAPair pair, ReviewAction action, CanonicalLabel? label, PairDecision decision)
    {
        var key = pair.LabelKey(sheet.Recipe.Template.LabelType);
        if (!action.On(pair, key.ToId(), decision).TryGet(out var decided, out var error)) return error;
        if (!action.Labels) return new PairReview(pair, decided, Label: null);
        return DataOf(sheet, decided, label).TryGet(out var data, out var unfit) ? new PairReview(pair, decided, data) : unfit;
    }

    // A pair that was approved or edited, and whose label is missing or says something older.
    private static PairReview? Unfinished(TrainingSheet sheet, QAPair pair, CanonicalLabel? label)
    {
        if (pair is not { Status: QAPairStatus.Labeled, Revision: > 0, State.Decision: { } decision }) return null;
        if (label is not null && (label.LabeledAt >= decision.At || label.Data.Answer == pair.State.Conversation.Assistant)) return null;
        return DataOf(sheet, pair, label).TryGet(out var data, out _) ? new PairReview(pair, pair, data) : null;
    }

    // JSON where the expert's label was JSON; where there is none, the template says what its answers are.
    private static Result<LabelData> DataOf(TrainingSheet sheet, QAPair pair, CanonicalLabel? label) =>
        LabelData.OfAnswer(pair.State.Conversation.Assistant!, label?.Data.IsStructured ?? sheet.Recipe.Template.OutputSchema is not null);

    private Task<IReadOnlyDictionary<ItemRef, CanonicalLabel>> FindLabelsAsync(
        TrainingSheet sheet, IReadOnlyList<QAPair> pairs, ReviewAction action, CancellationToken cancellationToken) => action.Labels
        ? labels.FindForItemsAsync(sheet.Recipe.Sheet.Id, sheet.Recipe.Template.LabelType, [.. pairs.Select(pair => pair.State.ItemRef)], cancellationToken)
        : Task.FromResult<IReadOnlyDictionary<ItemRef, CanonicalLabel>>(new Dictionary<ItemRef, CanonicalLabel>());
}
