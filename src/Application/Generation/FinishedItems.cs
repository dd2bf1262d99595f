using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>What an earlier run left of an item.</summary>
internal enum EarlierPair
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A pair that is to be tried again.</summary>
    Failed,

    /// <summary>A pair that stays.</summary>
    Done,
}

/// <summary>
/// Tells what an earlier run did, item by item. The pairs that are there and the items come in the same order, so both are walked
/// side by side and neither is held in memory.
/// </summary>
internal sealed class FinishedItems(IAsyncEnumerator<PairMark>? marks) : IAsyncDisposable
{
    private bool _started;
    private bool _any = marks is not null;

    /// <summary>What there is of <paramref name="item"/>; items are asked for in ascending order.</summary>
    public async ValueTask<EarlierPair> FindAsync(ItemRef item)
    {
        if (!_any) return EarlierPair.None;
        if (!_started) (_started, _any) = (true, await marks!.MoveNextAsync());
        while (_any && marks!.Current.ItemRef < item) _any = await marks.MoveNextAsync();
        if (!_any || marks!.Current.ItemRef != item) return EarlierPair.None;
        return marks.Current.FailedToGenerate ? EarlierPair.Failed : EarlierPair.Done;
    }

    public async ValueTask DisposeAsync()
    {
        if (marks is not null) await marks.DisposeAsync();
    }
}
