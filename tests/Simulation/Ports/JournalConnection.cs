using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Simulation.Tests.Ports;

/// <summary>The journal as one process writes it. It takes a moment, in which the process may die.</summary>
internal sealed class JournalConnection(IAnswerJournal journal, Watch watch) : IAnswerJournal
{
    public async Task<IRunJournal> OpenAsync(TrainingSheet sheet, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return new Run(await journal.OpenAsync(sheet, cancellationToken), sheet.Id, watch);
    }

    public Task DropAsync(TrainingSheetId id, CancellationToken cancellationToken) => journal.DropAsync(id, cancellationToken);

    private sealed class Run(IRunJournal journal, TrainingSheetId sheet, Watch watch) : IRunJournal
    {
        public KeptAnswer? Find(ItemRef item, string promptHash, ModelSettings asked) => journal.Find(item, promptHash, asked);

        public async ValueTask<KeptAnswer> KeepAsync(ItemRef item, string promptHash, ModelReply reply)
        {
            await Task.Yield();
            watch.Keeps(sheet, item, reply.Calls);
            return await journal.KeepAsync(item, promptHash, reply);
        }

        public ValueTask CompleteAsync() => journal.CompleteAsync();

        public ValueTask DisposeAsync() => journal.DisposeAsync();
    }
}
