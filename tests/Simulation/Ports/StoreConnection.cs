using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Simulation.Tests.Ports;

/// <summary>The store as one process reaches it; every write is watched.</summary>
internal sealed class StoreConnection(InMemoryTrainingSheetRepository store, Link link, Watch watch, string process) : ITrainingSheetRepository
{
    public Task<TrainingSheet?> FindAsync(TrainingSheetId id, CancellationToken cancellationToken) =>
        link.ReadAsync("find", () => store.FindAsync(id, cancellationToken), cancellationToken);

    public Task<Page<TrainingSheet>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        link.ReadAsync("list", () => store.ListAsync(page, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<TrainingSheetId>> ListGeneratingAsync(CancellationToken cancellationToken) =>
        link.ReadAsync("list", () => store.ListGeneratingAsync(cancellationToken), cancellationToken);

    public Task<bool> AddAsync(TrainingSheet sheet, CancellationToken cancellationToken) =>
        WriteAsync("add", sheet.Id, () => store.AddAsync(sheet, cancellationToken), cancellationToken);

    public Task NoteJobRunAsync(TrainingSheetId id, string? jobRunId, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No simulated run is a job's.");

    public Task<bool> SaveAsync(TrainingSheet sheet, CancellationToken cancellationToken) =>
        WriteAsync("save", sheet.Id, () => store.SaveAsync(sheet, cancellationToken), cancellationToken);

    public Task<bool> RenewAsync(TrainingSheet sheet, CancellationToken cancellationToken) =>
        WriteAsync("renew", sheet.Id, () => store.RenewAsync(sheet, cancellationToken), cancellationToken);

    public Task<bool> MoveAsync(TrainingSheet sheet, TrainingSheet from, CancellationToken cancellationToken) =>
        WriteAsync("move", sheet.Id, () => store.MoveAsync(sheet, from, cancellationToken), cancellationToken);

    public Task<bool> CommitBatchAsync(TrainingSheet sheet, IReadOnlyCollection<QAPair> pairs, CancellationToken cancellationToken) =>
        WriteAsync("commit", sheet.Id, () => CommitAsync(sheet, pairs), cancellationToken);

    public Task<bool> DeleteAsync(TrainingSheetId id, CancellationToken cancellationToken) =>
        WriteAsync("delete", id, () => store.DeleteAsync(id, cancellationToken), cancellationToken);

    private async Task<bool> CommitAsync(TrainingSheet sheet, IReadOnlyCollection<QAPair> pairs)
    {
        watch.Committing();
        var done = await store.CommitBatchAsync(sheet, pairs, CancellationToken.None);
        if (done) watch.Committed(process, sheet, pairs);
        return done;
    }

    private Task<bool> WriteAsync(string what, TrainingSheetId id, Func<Task<bool>> write, CancellationToken cancellationToken) => link.WriteAsync(
        what,
        async () =>
        {
            var done = await write();
            watch.Stored(what, id);
            return done;
        },
        cancellationToken);
}
