using System.Runtime.CompilerServices;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Testing.Fakes;

/// <summary>Canonical labels in memory.</summary>
public sealed class InMemoryCanonicalLabelRepository : ICanonicalLabelRepository
{
    private readonly Lock _gate = new();
    private readonly Dictionary<CanonicalLabelId, CanonicalLabel> _labels = [];
    private readonly Dictionary<CanonicalLabelId, List<CanonicalLabel>> _versions = [];

    /// <summary>A store that holds <paramref name="labels"/>.</summary>
    public InMemoryCanonicalLabelRepository(params IEnumerable<CanonicalLabel> labels)
    {
        foreach (var label in labels)
        {
            _labels.Add(label.Id, label);
            _versions.Add(label.Id, [label]);
        }
    }

    /// <summary>Where the pairs are that reuse labels; none where it is null.</summary>
    public InMemoryTrainingSheetRepository? TrainingSheets { get; set; }

    /// <summary>How often the labels of a page of items were looked up.</summary>
    public int PageLookups { get; private set; }

    /// <inheritdoc />
    public Task<CanonicalLabel?> FindAsync(CanonicalLabelId id, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_labels.GetValueOrDefault(id));
    }

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<ItemRef, CanonicalLabel>> FindForItemsAsync(
        SheetId sheetId, LabelType labelType, IReadOnlyCollection<ItemRef> items, CancellationToken cancellationToken)
    {
        var found = new Dictionary<ItemRef, CanonicalLabel>();
        lock (_gate)
        {
            PageLookups++;
            foreach (var item in items)
            {
                if (_labels.TryGetValue(new CanonicalLabelKey(sheetId, item, labelType).ToId(), out var label)) found[item] = label;
            }
        }

        return Task.FromResult<IReadOnlyDictionary<ItemRef, CanonicalLabel>>(found);
    }

    /// <inheritdoc />
    public Task<Page<CanonicalLabel>> ListAsync(LabelFilter filter, PageRequest page, CancellationToken cancellationToken) => Task.FromResult(Page<CanonicalLabel>.Of(
        [
            .. Select(label =>
                    (filter.SheetId is null || label.Key.SheetId == filter.SheetId)
                    && (filter.LabelType is null || label.Key.LabelType == filter.LabelType)
                    && (filter.ItemRef is null || label.Key.ItemRef == filter.ItemRef)
                    && (page.After is null || Compare(label.Key, page.After) > 0))
                .Take(page.Limit + 1),
        ],
        page.Limit,
        label => [label.Key.SheetId.Value, label.Key.ItemRef.Value, label.Key.LabelType.Value]));

    /// <inheritdoc />
    public async IAsyncEnumerable<CanonicalLabel> StreamAsync(
        SheetId sheetId, LabelType labelType, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var label in Select(label => label.Key.SheetId == sheetId && label.Key.LabelType == labelType))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return label;
        }
    }

    /// <inheritdoc />
    public Task<long> CountAsync(SheetId sheetId, LabelType labelType, CancellationToken cancellationToken) =>
        Task.FromResult((long)Select(label => label.Key.SheetId == sheetId && label.Key.LabelType == labelType).Count);

    /// <inheritdoc />
    public Task<IReadOnlyList<LabelTypeUse>> SumUpAsync(SheetId sheetId, CancellationToken cancellationToken)
    {
        var reuses = (TrainingSheets?.Pairs ?? []).Where(pair => pair.State.LabelingMode is LabelingMode.Canonical).ToLookup(pair => pair.State.CanonicalLabelId);
        return Task.FromResult<IReadOnlyList<LabelTypeUse>>(
        [
            .. Select(label => label.Key.SheetId == sheetId).GroupBy(label => label.Key.LabelType)
                .Select(type => (Type: type.Key, Labels: type.Count(), Pairs: type.SelectMany(label => reuses[label.Id]).ToList()))
                .Select(type => new LabelTypeUse(type.Type, type.Labels, type.Pairs.Count, type.Pairs.Max(pair => (DateTimeOffset?)pair.State.CreatedAt)))
                .OrderBy(type => type.LabelType.Value, StringComparer.Ordinal),
        ]);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<CanonicalLabel>> ListVersionsAsync(CanonicalLabelId id, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<CanonicalLabel>>([.. (_versions.GetValueOrDefault(id) ?? []).AsEnumerable().Reverse()]);
    }

    /// <summary>Writes the label that a decision on a pair makes, unless the one there is says so already.</summary>
    internal void Relabel(QAPair pair, LabelType labelType, LabelData data)
    {
        var (key, decision) = (pair.LabelKey(labelType), pair.State.Decision!);
        lock (_gate)
        {
            var present = _labels.GetValueOrDefault(key.ToId());
            if (present?.Data.Json == data.Json) return;
            Upsert(CanonicalLabel.Create(key, data, Confidence.High, present?.Usage ?? pair.State.Usage, decision.By, decision.At, present?.Notes).Value);
        }
    }

    /// <inheritdoc />
    public Task<StoredLabel> UpsertAsync(CanonicalLabel label, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(Upsert(label));
    }

    /// <inheritdoc />
    public Task<ILabelImport> BeginImportAsync(CancellationToken cancellationToken) => Task.FromResult<ILabelImport>(new Import(this));

    /// <inheritdoc />
    public Task<bool> DeleteAsync(CanonicalLabelId id, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_labels.Remove(id));
    }

    private static int Compare(CanonicalLabelKey key, IReadOnlyList<string> after)
    {
        var order = string.CompareOrdinal(key.SheetId.Value, after[0]);
        if (order == 0) order = key.ItemRef.CompareTo(new ItemRef(after[1]));
        return order == 0 ? string.CompareOrdinal(key.LabelType.Value, after[2]) : order;
    }

    private StoredLabel Upsert(CanonicalLabel label)
    {
        var created = !_labels.ContainsKey(label.Id);
        if (!_versions.TryGetValue(label.Id, out var versions)) _versions[label.Id] = versions = [];
        var stored = CanonicalLabel.Create(
            label.Key, label.Data, label.Confidence, label.Usage, label.LabeledBy, label.LabeledAt, label.Notes, (versions is [.., var last] ? last.Version : 0) + 1).Value;
        _labels[label.Id] = stored;
        versions.Add(stored);
        return new StoredLabel(stored, created);
    }

    private List<CanonicalLabel> Select(Func<CanonicalLabel, bool> wanted)
    {
        lock (_gate)
        {
            return
            [
                .. _labels.Values.Where(wanted)
                    .OrderBy(label => label.Key.SheetId.Value, StringComparer.Ordinal)
                    .ThenBy(label => label.Key.ItemRef)
                    .ThenBy(label => label.Key.LabelType.Value, StringComparer.Ordinal),
            ];
        }
    }

    private sealed class Import(InMemoryCanonicalLabelRepository store) : ILabelImport
    {
        private readonly List<CanonicalLabel> _added = [];

        public Task AddAsync(IReadOnlyCollection<CanonicalLabel> labels, CancellationToken cancellationToken)
        {
            _added.AddRange(labels);
            return Task.CompletedTask;
        }

        public Task<ImportCount> CommitAsync(CancellationToken cancellationToken)
        {
            lock (store._gate)
            {
                var created = _added.Count(label => store.Upsert(label).Created);
                return Task.FromResult(new ImportCount(created, _added.Count - created));
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
