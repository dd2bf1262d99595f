using System.Globalization;
using System.Runtime.CompilerServices;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Testing.Fakes;

/// <summary>The pairs that were written to an <see cref="InMemoryTrainingSheetRepository"/>.</summary>
public sealed class InMemoryQAPairRepository(InMemoryTrainingSheetRepository store) : IQAPairRepository
{
    /// <inheritdoc />
    public Task<QAPair?> FindAsync(QAPairId id, CancellationToken cancellationToken) => Task.FromResult(store.Pairs.FirstOrDefault(pair => pair.Id == id));

    /// <inheritdoc />
    public Task<IReadOnlyList<QAPair>> FindAllAsync(IReadOnlyCollection<QAPairId> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<QAPair>>([.. store.Pairs.Where(pair => ids.Contains(pair.Id))]);

    /// <inheritdoc />
    public Task<Page<QAPair>> ListAsync(TrainingSheetId id, QAPairFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var after = page.After is null ? -1 : long.Parse(page.After[0], CultureInfo.InvariantCulture);
        return Task.FromResult(Page<QAPair>.Of(
            [
                .. Of(id, filter)
                    .Where(pair => pair.State.SequenceNumber > after)
                    .Take(page.Limit + 1),
            ],
            page.Limit,
            pair => [pair.State.SequenceNumber.ToString(CultureInfo.InvariantCulture)]));
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<QAPair> StreamAsync(TrainingSheetId id, QAPairFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var pair in Of(id, filter).ToList())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return pair;
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<PairMark> StreamMarksAsync(TrainingSheetId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var pair in Of(id).OrderBy(pair => pair.State.ItemRef).ToList())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new PairMark(pair.State.ItemRef, pair.Status, pair.FailedToGenerate);
        }
    }

    /// <inheritdoc />
    public Task<PairTally> TallyAsync(TrainingSheetId id, CancellationToken cancellationToken) =>
        Task.FromResult(PairTally.Of(Of(id).Select(pair => pair.Status)));

    /// <inheritdoc />
    public Task<IReadOnlyList<PairCount>> CountAsync(TrainingSheetId id, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<PairCount>>(
    [
        .. Of(id).GroupBy(pair => (pair.Status, new UsagePolicy(pair.State.Usage.Allowed, pair.State.Usage.Prohibited)))
            .Select(alike => new PairCount(alike.Key.Status, alike.Key.Item2, alike.Count())),
    ]);

    /// <inheritdoc />
    public Task<PairComparison> CompareAsync(TrainingSheetId here, TrainingSheetId there, PageRequest page, CancellationToken cancellationToken)
    {
        var (left, right) = (Compared(here), Compared(there));
        var all = left.Keys.Union(right.Keys).Order()
            .Select(item => new PairDifference(item, left.GetValueOrDefault(item), right.GetValueOrDefault(item)))
            .ToList();
        long With(PairChange change) => all.Count(item => item.Changes.Contains(change));
        return Task.FromResult(new PairComparison(
            new ComparisonCount(
                all.Count,
                all.Count(item => item.Changes.Count == 0),
                With(PairChange.OnlyHere),
                With(PairChange.OnlyThere),
                With(PairChange.Answer),
                With(PairChange.Status),
                With(PairChange.Label)),
            Page<PairDifference>.Of(
                [
                    .. all.Where(item => item.Changes.Count > 0)
                        .Where(item => page.After is null || item.ItemRef.CompareTo(new ItemRef(page.After[0])) > 0)
                        .Take(page.Limit + 1),
                ],
                page.Limit,
                item => [item.ItemRef.Value])));
    }

    private Dictionary<ItemRef, ComparedPair> Compared(TrainingSheetId id) => Of(id).ToDictionary(
        pair => pair.State.ItemRef,
        pair => new ComparedPair(pair.Id, pair.State.SequenceNumber, pair.Status, pair.State.Conversation.Assistant, pair.State.CanonicalLabelId));

    private IEnumerable<QAPair> Of(TrainingSheetId id, QAPairFilter filter) => Of(id)
        .Where(pair => filter.Status is null || pair.Status == filter.Status)
        .Where(pair => filter.LabelingMode is null || pair.State.LabelingMode == filter.LabelingMode);

    private IEnumerable<QAPair> Of(TrainingSheetId id) => store.Pairs.Where(pair => pair.State.TrainingSheetId == id);
}
