using System.Collections.Concurrent;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>The training sheets that this process is generating, so that none is generated twice at once.</summary>
internal sealed class RunningGenerations
{
    private readonly ConcurrentDictionary<TrainingSheetId, byte> _running = new();

    /// <summary>Takes the training sheet until the answer is disposed; null when it is taken.</summary>
    public IDisposable? TryTake(TrainingSheetId id) => _running.TryAdd(id, 0) ? new Taken(_running, id) : null;

    private sealed class Taken(ConcurrentDictionary<TrainingSheetId, byte> running, TrainingSheetId id) : IDisposable
    {
        public void Dispose() => running.TryRemove(id, out _);
    }
}
