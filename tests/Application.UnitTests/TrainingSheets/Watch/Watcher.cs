using System.Collections.Concurrent;
using Mirion.Generation.Application.TrainingSheets.Watch;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.UnitTests.TrainingSheets.Watch;

/// <summary>Somebody who watches, and remembers what they saw.</summary>
internal sealed class Watcher
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Workbench _bench;
    private readonly CancellationTokenSource _left = new();
    private readonly ConcurrentQueue<WatchEvent> _seen = new();
    private readonly Task _watching;

    public Watcher(Workbench bench, TrainingSheetId id, string? lastSeen = null)
    {
        _bench = bench;
        _watching = Task.Run(async () =>
        {
            var watch = (await bench.SendAsync(new WatchTrainingSheetQuery(id, lastSeen), _left.Token)).Value;
            await foreach (var seen in watch.Events!.WithCancellation(_left.Token)) _seen.Enqueue(seen);
        });
    }

    public IReadOnlyCollection<WatchEvent> Seen => _seen;

    /// <summary>The first event that is so, while time passes by steps.</summary>
    public async Task<WatchEvent> UntilAsync(Func<WatchEvent, bool> isSo, TimeSpan? step = null)
    {
        var patience = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(patience) < Patience)
        {
            if (_seen.FirstOrDefault(isSo) is { } found) return found;
            if (_watching.IsFaulted) await _watching;
            if (step is { } time) _bench.Clock.Advance(time);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        throw new TimeoutException($"It was not seen; what was: {string.Join(' ', _seen.Select(seen => seen.Id))}");
    }

    /// <summary>Lets time pass, second by second.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var second = 0; second < time.TotalSeconds; second++)
        {
            _bench.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    public async Task<IReadOnlyList<WatchEvent>> AllAsync()
    {
        await _watching.WaitAsync(Patience);
        return [.. _seen];
    }

    public async Task LeaveAsync()
    {
        await _left.CancelAsync();
        Assert.That(async () => await _watching.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
    }
}
