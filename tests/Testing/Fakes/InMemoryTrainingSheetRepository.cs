using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Testing.Fakes;

/// <summary>Training sheets in memory, with their pairs.</summary>
public sealed class InMemoryTrainingSheetRepository : ITrainingSheetRepository
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TrainingSheetId, TrainingSheet> _sheets = [];
    private readonly Dictionary<QAPairId, QAPair> _pairs = [];
    private readonly List<int> _batches = [];

    /// <summary>A store that holds <paramref name="sheets"/>.</summary>
    public InMemoryTrainingSheetRepository(params IEnumerable<TrainingSheet> sheets)
    {
        foreach (var sheet in sheets) _sheets.Add(sheet.Id, sheet);
    }

    /// <summary>Every pair there is now, in item order.</summary>
    public IReadOnlyList<QAPair> Pairs
    {
        get
        {
            lock (_gate) return [.. _pairs.Values.OrderBy(pair => pair.State.SequenceNumber)];
        }
    }

    /// <summary>How many pairs each batch had that was committed.</summary>
    public IReadOnlyList<int> Batches
    {
        get
        {
            lock (_gate) return [.. _batches];
        }
    }

    /// <inheritdoc />
    public Task<TrainingSheet?> FindAsync(TrainingSheetId id, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_sheets.GetValueOrDefault(id));
    }

    /// <inheritdoc />
    public Task<Page<TrainingSheet>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(Page<TrainingSheet>.Of(
                [
                    .. _sheets.Values
                        .Where(sheet => page.After is null || IsAfter(sheet, page.After))
                        .OrderByDescending(sheet => sheet.State.CreatedAt)
                        .ThenBy(sheet => sheet.Id.Value, StringComparer.Ordinal)
                        .Take(page.Limit + 1),
                ],
                page.Limit,
                sheet => [sheet.State.CreatedAt.ToString("O", CultureInfo.InvariantCulture), sheet.Id.Value]));
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<TrainingSheetId>> ListGeneratingAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<TrainingSheetId>>(
            [
                .. _sheets.Values
                    .Where(sheet => sheet.Status is TrainingSheetStatus.Generating)
                    .OrderBy(sheet => sheet.State.CreatedAt)
                    .ThenBy(sheet => sheet.Id.Value, StringComparer.Ordinal)
                    .Select(sheet => sheet.Id),
            ]);
        }
    }

    /// <inheritdoc />
    public Task<bool> AddAsync(TrainingSheet sheet, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_sheets.TryAdd(sheet.Id, sheet));
    }

    /// <inheritdoc />
    public Task NoteJobRunAsync(TrainingSheetId id, string? jobRunId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_sheets.TryGetValue(id, out var stored)) _sheets[id] = TrainingSheet.Restore(stored.State with { JobRunId = jobRunId });
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<bool> SaveAsync(TrainingSheet sheet, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(Save(sheet));
    }

    /// <inheritdoc />
    public Task<bool> RenewAsync(TrainingSheet sheet, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!IsStill(sheet.Id, TrainingSheetStatus.Generating, sheet.Lease, out var stored)) return Task.FromResult(false);
            _sheets[sheet.Id] = TrainingSheet.Restore(stored.State with { Lease = stored.Lease with { SeenAt = sheet.Lease.SeenAt } });
        }

        return Task.FromResult(true);
    }

    /// <inheritdoc />
    public Task<bool> MoveAsync(TrainingSheet sheet, TrainingSheet from, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!IsStill(sheet.Id, from.Status, from.Lease, out var stored)) return Task.FromResult(false);
            if (from.Lease.SeenAt is { } seen && stored.Lease.SeenAt != seen) return Task.FromResult(false);
            _sheets[sheet.Id] = TrainingSheet.Restore(sheet.State with { Recipe = stored.Recipe });
        }

        return Task.FromResult(true);
    }

    /// <inheritdoc />
    public Task<bool> CommitBatchAsync(TrainingSheet sheet, IReadOnlyCollection<QAPair> pairs, CancellationToken cancellationToken)
    {
        if (pairs.Any(pair => pair.State.TrainingSheetId != sheet.Id)) throw new ArgumentException("A pair is of another training sheet.", nameof(pairs));
        if (pairs.DistinctBy(pair => pair.Id).Count() < pairs.Count) throw new ArgumentException("A pair stands twice in one batch.", nameof(pairs));
        lock (_gate)
        {
            if (!Save(sheet)) return Task.FromResult(false);
            foreach (var pair in pairs) _pairs[pair.Id] = pair;
            _batches.Add(pairs.Count);
        }

        return Task.FromResult(true);
    }

    /// <inheritdoc />
    public Task<bool> DeleteAsync(TrainingSheetId id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var pair in _pairs.Values.Where(pair => pair.State.TrainingSheetId == id).ToList()) _pairs.Remove(pair.Id);
            return Task.FromResult(_sheets.Remove(id));
        }
    }

    /// <summary>Puts a pair in, and nothing that follows from it.</summary>
    public void Put(QAPair pair)
    {
        lock (_gate) _pairs[pair.Id] = pair;
    }

    /// <summary>Stores decisions on the conditions of <see cref="IPairReviewRepository.CommitAsync"/>, and counts anew.</summary>
    internal ReviewCommit Review(TrainingSheetId id, IReadOnlyCollection<PairReview> reviews, Action<PairReview> label)
    {
        lock (_gate)
        {
            var stored = new HashSet<QAPairId>();
            foreach (var review in reviews.Where(review => IsStill(id, review.Before)))
            {
                _pairs[review.After.Id] = review.After;
                stored.Add(review.After.Id);
                if (review.Label is not null) label(review);
            }

            return new ReviewCommit(stored, Settle(id));
        }
    }

    /// <summary>Hands out the decisions whose pairs are stored as they say, and counts anew.</summary>
    internal TrainingSheet? Complete(TrainingSheetId id, IReadOnlyCollection<PairReview> reviews, Action<PairReview> label)
    {
        lock (_gate)
        {
            foreach (var review in reviews.Where(review => _pairs.GetValueOrDefault(review.After.Id) is { } pair && pair.Revision == review.After.Revision)) label(review);
            return Settle(id);
        }
    }

    private bool IsStill(TrainingSheetId id, QAPair before) =>
        _sheets.TryGetValue(id, out var sheet)
        && sheet.RefusesReview() is null
        && _pairs.TryGetValue(before.Id, out var stored)
        && (stored.Revision, stored.State.CreatedAt) == (before.Revision, before.State.CreatedAt);

    private TrainingSheet? Settle(TrainingSheetId id)
    {
        if (!_sheets.TryGetValue(id, out var sheet)) return null;
        var counted = PairTally.Of(_pairs.Values.Where(pair => pair.State.TrainingSheetId == id).Select(pair => pair.Status));
        return sheet.Settle(counted).TryGet(out var settled, out _) ? _sheets[id] = settled : sheet;
    }

    private static bool IsAfter(TrainingSheet sheet, IReadOnlyList<string> key)
    {
        var at = DateTimeOffset.ParseExact(key[0], "O", CultureInfo.InvariantCulture);
        return sheet.State.CreatedAt < at || (sheet.State.CreatedAt == at && string.CompareOrdinal(sheet.Id.Value, key[1]) > 0);
    }

    private bool Save(TrainingSheet sheet)
    {
        if (!IsStill(sheet.Id, TrainingSheetStatus.Generating, sheet.Lease, out var stored)) return false;
        _sheets[sheet.Id] = TrainingSheet.Restore(sheet.State with { Recipe = stored.Recipe, JobRunId = stored.State.JobRunId });
        return true;
    }

    private bool IsStill(TrainingSheetId id, TrainingSheetStatus status, RunLease lease, [NotNullWhen(true)] out TrainingSheet? stored) =>
        _sheets.TryGetValue(id, out stored) && stored.Status == status && stored.Lease.Epoch == lease.Epoch;
}
