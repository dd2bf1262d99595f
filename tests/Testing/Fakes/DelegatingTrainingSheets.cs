using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Testing.Fakes;

/// <summary>Training sheets in another store; a test overrides what is to go otherwise.</summary>
/// <param name="store">The store.</param>
public abstract class DelegatingTrainingSheets(ITrainingSheetRepository store) : ITrainingSheetRepository
{
    /// <inheritdoc />
    public virtual Task<TrainingSheet?> FindAsync(TrainingSheetId id, CancellationToken cancellationToken) => store.FindAsync(id, cancellationToken);

    /// <inheritdoc />
    public virtual Task<Page<TrainingSheet>> ListAsync(PageRequest page, CancellationToken cancellationToken) => store.ListAsync(page, cancellationToken);

    /// <inheritdoc />
    public virtual Task<IReadOnlyList<TrainingSheetId>> ListGeneratingAsync(CancellationToken cancellationToken) => store.ListGeneratingAsync(cancellationToken);

    /// <inheritdoc />
    public virtual Task<bool> AddAsync(TrainingSheet sheet, CancellationToken cancellationToken) => store.AddAsync(sheet, cancellationToken);

    /// <inheritdoc />
    public virtual Task NoteJobRunAsync(TrainingSheetId id, string? jobRunId, CancellationToken cancellationToken) => store.NoteJobRunAsync(id, jobRunId, cancellationToken);

    /// <inheritdoc />
    public virtual Task<bool> SaveAsync(TrainingSheet sheet, CancellationToken cancellationToken) => store.SaveAsync(sheet, cancellationToken);

    /// <inheritdoc />
    public virtual Task<bool> RenewAsync(TrainingSheet sheet, CancellationToken cancellationToken) => store.RenewAsync(sheet, cancellationToken);

    /// <inheritdoc />
    public virtual Task<bool> MoveAsync(TrainingSheet sheet, TrainingSheet from, CancellationToken cancellationToken) => store.MoveAsync(sheet, from, cancellationToken);

    /// <inheritdoc />
    public virtual Task<bool> CommitBatchAsync(TrainingSheet sheet, IReadOnlyCollection<QAPair> pairs, CancellationToken cancellationToken) => store.CommitBatchAsync(sheet, pairs, cancellationToken);

    /// <inheritdoc />
    public virtual Task<bool> DeleteAsync(TrainingSheetId id, CancellationToken cancellationToken) => store.DeleteAsync(id, cancellationToken);
}
