using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets.Watch;

/// <summary>The training sheets that are watched through this process: however many watch one, it is read for all of them once.</summary>
internal sealed class SheetWatches(IServiceScopeFactory scopes, RunningGenerations running, TimeProvider clock, ILogger<SheetWatch> logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TrainingSheetId, SheetWatch> _watches = [];

    /// <summary>What happens to a training sheet that is generating, until that is over.</summary>
    public async IAsyncEnumerable<WatchEvent> FollowAsync(TrainingSheetId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watch = Join(id);
        try
        {
            await foreach (var seen in watch.Events.FollowAsync(cancellationToken)) yield return seen;
        }
        finally
        {
            Leave(watch);
        }
    }

    private SheetWatch Join(TrainingSheetId id)
    {
        lock (_gate)
        {
            // One that has come to its end is of no use to whoever comes after that: the generation may have been resumed.
            if (!_watches.TryGetValue(id, out var watch) || watch.Events.HasEnded) _watches[id] = watch = new SheetWatch(id, scopes, running, clock, logger);
            watch.Followers++;
            return watch;
        }
    }

    private void Leave(SheetWatch watch)
    {
        lock (_gate)
        {
            if (--watch.Followers > 0) return;
            if (_watches.GetValueOrDefault(watch.Id) == watch) _watches.Remove(watch.Id);
        }

        watch.Dispose();
    }
}
