using System.Runtime.CompilerServices;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Simulation.Tests.Ports;

/// <summary>The pairs as one process reads them.</summary>
internal sealed class PairConnection(IQAPairRepository pairs, Link link) : IQAPairRepository
{
    public Task<QAPair?> FindAsync(QAPairId id, CancellationToken cancellationToken) => link.ReadAsync("pair", () => pairs.FindAsync(id, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<QAPair>> FindAllAsync(IReadOnlyCollection<QAPairId> ids, CancellationToken cancellationToken) =>
        link.ReadAsync("pairs", () => pairs.FindAllAsync(ids, cancellationToken), cancellationToken);

    public Task<Page<QAPair>> ListAsync(TrainingSheetId id, QAPairFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        link.ReadAsync("pairs", () => pairs.ListAsync(id, filter, page, cancellationToken), cancellationToken);

    public async IAsyncEnumerable<QAPair> StreamAsync(TrainingSheetId id, QAPairFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await link.GoAsync("pairs", cancellationToken);
        await foreach (var pair in pairs.StreamAsync(id, filter, cancellationToken)) yield return pair;
    }

    public async IAsyncEnumerable<PairMark> StreamMarksAsync(TrainingSheetId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await link.GoAsync("marks", cancellationToken);
        await foreach (var mark in pairs.StreamMarksAsync(id, cancellationToken)) yield return mark;
    }

    public Task<PairTally> TallyAsync(TrainingSheetId id, CancellationToken cancellationToken) =>
        link.ReadAsync("tally", () => pairs.TallyAsync(id, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<PairCount>> CountAsync(TrainingSheetId id, CancellationToken cancellationToken) =>
        link.ReadAsync("count", () => pairs.CountAsync(id, cancellationToken), cancellationToken);

    public Task<PairComparison> CompareAsync(TrainingSheetId here, TrainingSheetId there, PageRequest page, CancellationToken cancellationToken) =>
        link.ReadAsync("comparison", () => pairs.CompareAsync(here, there, page, cancellationToken), cancellationToken);
}

/// <summary>The source as one process reads it.</summary>
internal sealed class SourceConnection(ISheetSource source, Link link) : ISheetSource
{
    public Task<Result<SourceDescription>> DescribeAsync(Sheet sheet, CancellationToken cancellationToken) =>
        link.ReadAsync("describe", () => source.DescribeAsync(sheet, cancellationToken), cancellationToken);

    public Task<Result<SheetCensus>> TakeCensusAsync(Sheet sheet, CancellationToken cancellationToken) =>
        link.ReadAsync("census", () => source.TakeCensusAsync(sheet, cancellationToken), cancellationToken);

    public async IAsyncEnumerable<IReadOnlyList<SheetItem>> ReadPagesAsync(SheetReading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in source.ReadPagesAsync(reading, cancellationToken))
        {
            await link.GoAsync("page", cancellationToken);
            yield return page;
        }
    }

    public Task<IReadOnlyList<SheetItem>> ReadItemsAsync(
        Sheet sheet, IReadOnlyList<string> columns, IReadOnlyCollection<ItemRef> items, CancellationToken cancellationToken) =>
        link.ReadAsync("items", () => source.ReadItemsAsync(sheet, columns, items, cancellationToken), cancellationToken);

    public Task<Result<FileContent>> ReadFileAsync(VolumePath path, long maxBytes, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No simulated sheet has files.");
}

/// <summary>The labels as one process reads them; nothing here writes any.</summary>
internal sealed class LabelConnection(ICanonicalLabelRepository labels, Link link) : ICanonicalLabelRepository
{
    public Task<CanonicalLabel?> FindAsync(CanonicalLabelId id, CancellationToken cancellationToken) =>
        link.ReadAsync("label", () => labels.FindAsync(id, cancellationToken), cancellationToken);

    public Task<IReadOnlyDictionary<ItemRef, CanonicalLabel>> FindForItemsAsync(
        SheetId sheetId, LabelType labelType, IReadOnlyCollection<ItemRef> items, CancellationToken cancellationToken) =>
        link.ReadAsync("labels", () => labels.FindForItemsAsync(sheetId, labelType, items, cancellationToken), cancellationToken);

    public Task<Page<CanonicalLabel>> ListAsync(LabelFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        link.ReadAsync("labels", () => labels.ListAsync(filter, page, cancellationToken), cancellationToken);

    public async IAsyncEnumerable<CanonicalLabel> StreamAsync(SheetId sheetId, LabelType labelType, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await link.GoAsync("labels", cancellationToken);
        await foreach (var label in labels.StreamAsync(sheetId, labelType, cancellationToken)) yield return label;
    }

    public Task<long> CountAsync(SheetId sheetId, LabelType labelType, CancellationToken cancellationToken) =>
        link.ReadAsync("labels", () => labels.CountAsync(sheetId, labelType, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<LabelTypeUse>> SumUpAsync(SheetId sheetId, CancellationToken cancellationToken) =>
        link.ReadAsync("labels", () => labels.SumUpAsync(sheetId, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<CanonicalLabel>> ListVersionsAsync(CanonicalLabelId id, CancellationToken cancellationToken) =>
        link.ReadAsync("labels", () => labels.ListVersionsAsync(id, cancellationToken), cancellationToken);

    public Task<StoredLabel> UpsertAsync(CanonicalLabel label, CancellationToken cancellationToken) => throw NoWriting();

    public Task<ILabelImport> BeginImportAsync(CancellationToken cancellationToken) => throw NoWriting();

    public Task<bool> DeleteAsync(CanonicalLabelId id, CancellationToken cancellationToken) => throw NoWriting();

    private static NotSupportedException NoWriting() => new("A generation writes no labels.");
}
