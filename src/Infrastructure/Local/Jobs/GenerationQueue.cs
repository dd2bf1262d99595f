using System.Threading.Channels;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Infrastructure.Local.Jobs;

/// <summary>Training sheets that wait to be generated in this process, each at most once.</summary>
internal sealed class GenerationQueue
{
    private readonly Lock _gate = new();
    private readonly Channel<TrainingSheetId> _waiting = Channel.CreateUnbounded<TrainingSheetId>();
    private readonly Dictionary<TrainingSheetId, Stage> _stages = [];

    private enum Stage
    {
        Waiting,
        Running,

        // Asked for while it ran, which may have been just too late for the run to notice.
        RunningAndWanted,
    }

    /// <summary>Puts a training sheet in the queue unless it waits there.</summary>
    public void Add(TrainingSheetId id)
    {
        lock (_gate)
        {
            if (_stages.TryAdd(id, Stage.Waiting)) _waiting.Writer.TryWrite(id);
            else if (_stages[id] is Stage.Running) _stages[id] = Stage.RunningAndWanted;
        }
    }

    /// <summary>The training sheets in the order they were asked for, waiting for more.</summary>
    public IAsyncEnumerable<TrainingSheetId> ReadAllAsync(CancellationToken cancellationToken) => _waiting.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Notes that the run of a training sheet begins.</summary>
    public void Begin(TrainingSheetId id)
    {
        lock (_gate) _stages[id] = Stage.Running;
    }

    /// <summary>Notes that the run ended, and puts the training sheet in the queue again when it was asked for meanwhile.</summary>
    public void End(TrainingSheetId id)
    {
        lock (_gate)
        {
            _stages.Remove(id, out var stage);
            if (stage is Stage.RunningAndWanted) Add(id);
        }
    }
}
