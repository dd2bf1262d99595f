using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Testing.Fakes;

/// <summary>A journal in memory, which outlives the processes that write it.</summary>
public sealed class InMemoryAnswerJournal : IAnswerJournal
{
    private readonly Lock _gate = new();
    private readonly List<(TrainingSheetId Sheet, ItemRef Item, string Hash, ModelReply Reply)> _kept = [];

    /// <summary>The items whose answers are kept, in the order they came.</summary>
    public IReadOnlyList<string> Items
    {
        get
        {
            lock (_gate) return [.. _kept.Select(kept => kept.Item.Value)];
        }
    }

    /// <inheritdoc />
    public Task<IRunJournal> OpenAsync(TrainingSheet sheet, CancellationToken cancellationToken) => Task.FromResult<IRunJournal>(new Run(this, sheet.Id));

    /// <inheritdoc />
    public Task DropAsync(TrainingSheetId id, CancellationToken cancellationToken)
    {
        lock (_gate) _kept.RemoveAll(kept => kept.Sheet == id);
        return Task.CompletedTask;
    }

    private sealed class Run(InMemoryAnswerJournal journal, TrainingSheetId sheet) : IRunJournal
    {
        public KeptAnswer? Find(ItemRef item, string promptHash, ModelSettings asked)
        {
            lock (journal._gate)
            {
                var found = journal._kept.FindLast(kept => kept.Sheet == sheet && kept.Item == item);
                return found.Hash == promptHash ? new Kept(journal, sheet, item, found.Reply) : null;
            }
        }

        public ValueTask<KeptAnswer> KeepAsync(ItemRef item, string promptHash, ModelReply reply)
        {
            lock (journal._gate) journal._kept.Add((sheet, item, promptHash, reply));
            return new(new Kept(journal, sheet, item, reply));
        }

        public ValueTask CompleteAsync() => new(journal.DropAsync(sheet, CancellationToken.None));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Kept(InMemoryAnswerJournal journal, TrainingSheetId sheet, ItemRef item, ModelReply reply) : KeptAnswer(reply)
    {
        public override void Stored()
        {
            lock (journal._gate) journal._kept.RemoveAll(kept => kept.Sheet == sheet && kept.Item == item);
        }
    }
}
