using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>
/// Looks labels up by walking them beside the pages, both in the order of items: one query for the whole sheet, where a look-up a page would go through all labels for every page. The labels that
/// are walked are those of one moment; when any label is written meanwhile they are dropped, and pages are looked up one by one until it is quiet again.
/// </summary>
/// <param name="labels">The labels.</param>
/// <param name="sheetId">The sheet.</param>
/// <param name="labelType">The type.</param>
/// <param name="items">How many items there are, about.</param>
internal sealed class SqlLabelLookup(SqlCanonicalLabelRepository labels, SheetId sheetId, LabelType labelType, long items) : ILabelLookup
{
    // Putting so many labels in order costs what going through all of them for the pages of one item in so many does.
    private const int LabelsAnItem = 8;

    // Putting all labels in order again costs about what so many look-ups do.
    private const int QuietPages = 16;

    private readonly LabelPages _pages = new(labels, sheetId, labelType);
    private IAsyncEnumerator<CanonicalLabel>? _ordered;
    private bool _any;
    private long? _count;
    private long _writes = labels.Writes;
    private int _pagesUntilQuiet;

    public async ValueTask<IReadOnlyList<CanonicalLabel?>> FindAsync(IReadOnlyList<ItemRef> page, CancellationToken cancellationToken)
    {
        if (page.Count == 0) return [];
        if (labels.Writes is var writes && writes != _writes) await DropAsync(writes);
        _count ??= await labels.CountAsync(sheetId, labelType, cancellationToken);
        if (_count == 0) return new CanonicalLabel?[page.Count];
        if (_count > LabelsAnItem * items || _pagesUntilQuiet-- > 0) return await _pages.FindAsync(page, cancellationToken);
        if (_ordered is null)
        {
            _ordered = labels.StreamFrom(sheetId, labelType, page[0], cancellationToken).GetAsyncEnumerator(cancellationToken);
            _any = await _ordered.MoveNextAsync();
        }

        return await WalkAsync(_ordered, page);
    }

    public ValueTask DisposeAsync() => _ordered?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async ValueTask<CanonicalLabel?[]> WalkAsync(IAsyncEnumerator<CanonicalLabel> ordered, IReadOnlyList<ItemRef> page)
    {
        var found = new CanonicalLabel?[page.Count];
        for (var i = 0; _any && i < found.Length; i++)
        {
            var place = ordered.Current.Key.ItemRef.CompareTo(page[i]);
            for (; place < 0 && (_any = await ordered.MoveNextAsync());) place = ordered.Current.Key.ItemRef.CompareTo(page[i]);
            if (_any && place == 0) found[i] = ordered.Current;
        }

        return found;
    }

    private async ValueTask DropAsync(long writes)
    {
        (_writes, _count, _pagesUntilQuiet) = (writes, null, QuietPages);
        if (_ordered is null) return;
        await _ordered.DisposeAsync();
        _ordered = null;
    }
}
