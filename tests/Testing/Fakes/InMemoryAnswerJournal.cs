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
                return found.Hash == promptHash ? new Kept(journal, found) : null;
            }
        }

        public ValueTask<KeptAnswer> KeepAsync(ItemRef item, string promptHash, ModelReply reply)
        {
            var kept = (sheet, item, promptHash, reply);
            lock (journal._gate) journal._kept.Add(kept);
            return new(new Kept(journal, kept));
        }

        public ValueTask CompleteAsync() => new(journal.DropAsync(sheet, CancellationToken.None));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Kept(InMemoryAnswerJournal journal, (TrainingSheetId Sheet, ItemRef Item, string Hash, ModelReply Reply) entry) : KeptAnswer(entry.Reply)
    {
        public override void Stored()
        {
            lock (journal._gate)
            {
                // What came before it is superseded: it would be found no more.
                var last = journal._kept.FindLastIndex(kept => kept == entry);
                for (var i = last; i >= 0; i--)
                {
                    if (journal._kept[i].Sheet == entry.Sheet && journal._kept[i].Item == entry.Item) journal._kept.RemoveAt(i);
                }
            }
        }
    }
}
