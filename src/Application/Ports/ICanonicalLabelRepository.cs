using Mirion.Generation.Application.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Ports;

/// <summary>Which labels of a list are wanted; null means any.</summary>
/// <param name="SheetId">Of this sheet.</param>
/// <param name="LabelType">Of this type.</param>
/// <param name="ItemRef">Of this item.</param>
public sealed record LabelFilter(SheetId? SheetId = null, LabelType? LabelType = null, ItemRef? ItemRef = null);

/// <summary>A label as it is stored now.</summary>
/// <param name="Label">The label, with the version it was given.</param>
/// <param name="Created">Whether its key had no label; false when it replaced an earlier version.</param>
public sealed record StoredLabel(CanonicalLabel Label, bool Created);

/// <summary>How many labels an import wrote.</summary>
/// <param name="Created">New ones.</param>
/// <param name="Updated">New versions of earlier ones.</param>
public sealed record ImportCount(long Created, long Updated);

/// <summary>The labels of one type of a sheet, and what became of them.</summary>
/// <param name="LabelType">The type.</param>
/// <param name="Labels">How many there are.</param>
/// <param name="Reuses">How many pairs, of all training sheets, have one of them for an answer without anybody having been asked.</param>
/// <param name="LastReuse">When the latest of these pairs was made; null when there is none.</param>
public sealed record LabelTypeUse(LabelType LabelType, long Labels, long Reuses, DateTimeOffset? LastReuse);

/// <summary>The canonical labels, unique on their key. Every method is one complete operation; writes are committed when it returns.</summary>
public interface ICanonicalLabelRepository
{
    /// <summary>The label of this id, or null. An id follows from a key: <see cref="CanonicalLabelKey.ToId"/>.</summary>
    Task<CanonicalLabel?> FindAsync(CanonicalLabelId id, CancellationToken cancellationToken);

    /// <summary>The labels of one type that <paramref name="items"/> have, in one look-up, by item.</summary>
    Task<IReadOnlyDictionary<ItemRef, CanonicalLabel>> FindForItemsAsync(
        SheetId sheetId, LabelType labelType, IReadOnlyCollection<ItemRef> items, CancellationToken cancellationToken);

    /// <summary>Begins to look up the labels of one type for about <paramref name="items"/> items of a sheet, which come page by page in item order.</summary>
    ILabelLookup BeginLookup(SheetId sheetId, LabelType labelType, long items) => new LabelPages(this, sheetId, labelType);

    /// <summary>Labels by sheet, item and label type, in ascending code point order. The sort key is [sheet_id, item_ref, label_type].</summary>
    Task<Page<CanonicalLabel>> ListAsync(LabelFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Every label of one type of a sheet, by item in ascending code point order, streamed.</summary>
    IAsyncEnumerable<CanonicalLabel> StreamAsync(SheetId sheetId, LabelType labelType, CancellationToken cancellationToken);

    /// <summary>How many labels of one type a sheet has.</summary>
    Task<long> CountAsync(SheetId sheetId, LabelType labelType, CancellationToken cancellationToken);

    /// <summary>The labels of a sheet by type, in ascending code point order, with the pairs that reuse them.</summary>
    Task<IReadOnlyList<LabelTypeUse>> SumUpAsync(SheetId sheetId, CancellationToken cancellationToken);

    /// <summary>Every version that the label of this id ever had, newest first, the present one included; those of a deleted label too.</summary>
    Task<IReadOnlyList<CanonicalLabel>> ListVersionsAsync(CanonicalLabelId id, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the label, or the next version of the one that has its key, and keeps the one before. Two writers at once make two versions, never two labels.
    /// The version of <paramref name="label"/> itself does not count; a label whose key had one that was deleted goes on counting from its last version. Where a store has no
    /// transaction the version there is is kept first, and the label is written only over a version that is kept: whatever breaks off between, nothing is lost.
    /// </summary>
    Task<StoredLabel> UpsertAsync(CanonicalLabel label, CancellationToken cancellationToken);

    /// <summary>Begins an import, of which nothing is stored until it is committed.</summary>
    Task<ILabelImport> BeginImportAsync(CancellationToken cancellationToken);

    /// <summary>Deletes a label, and keeps it among its versions; false when there was none.</summary>
    Task<bool> DeleteAsync(CanonicalLabelId id, CancellationToken cancellationToken);
}

/// <summary>Labels on their way into the store. Disposing without a commit leaves the store as it was.</summary>
public interface ILabelImport : IAsyncDisposable
{
    /// <summary>Adds labels. A key may stand only once in an import; the caller sees to it.</summary>
    Task AddAsync(IReadOnlyCollection<CanonicalLabel> labels, CancellationToken cancellationToken);

    /// <summary>Upserts everything that was added, in one commit, and says how many were new.</summary>
    Task<ImportCount> CommitAsync(CancellationToken cancellationToken);
}
