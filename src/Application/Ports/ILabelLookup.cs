using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Ports;

/// <summary>
/// Looks the labels of one type up for the items of a sheet, which come page by page in item order. A label that is there when its page is looked up is found. For one reading, by
/// one caller at a time.
/// </summary>
public interface ILabelLookup : IAsyncDisposable
{
    /// <summary>The label of each item, or null, in the order of <paramref name="items"/>; these ascend, and come after those of every page before.</summary>
    ValueTask<IReadOnlyList<CanonicalLabel?>> FindAsync(IReadOnlyList<ItemRef> items, CancellationToken cancellationToken);
}

/// <summary>One look-up a page: what every store can do.</summary>
/// <param name="labels">The labels.</param>
/// <param name="sheetId">The sheet.</param>
/// <param name="labelType">The type.</param>
public sealed class LabelPages(ICanonicalLabelRepository labels, SheetId sheetId, LabelType labelType) : ILabelLookup
{
    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<CanonicalLabel?>> FindAsync(IReadOnlyList<ItemRef> items, CancellationToken cancellationToken)
    {
        if (items.Count == 0) return [];
        var known = await labels.FindForItemsAsync(sheetId, labelType, items, cancellationToken);
        return [.. items.Select(item => known.GetValueOrDefault(item))];
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
