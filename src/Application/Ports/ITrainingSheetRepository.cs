using Mirion.Generation.Application.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Ports;

/// <summary>The training sheets. Every method is one complete operation; writes are committed when it returns.</summary>
public interface ITrainingSheetRepository
{
    /// <summary>The training sheet of this id, or null.</summary>
    Task<TrainingSheet?> FindAsync(TrainingSheetId id, CancellationToken cancellationToken);

    /// <summary>Training sheets, newest first. The sort key is [created_at as round-trip text, id].</summary>
    Task<Page<TrainingSheet>> ListAsync(PageRequest page, CancellationToken cancellationToken);

    /// <summary>The ids of all that are <see cref="TrainingSheetStatus.Generating"/>, oldest first.</summary>
    Task<IReadOnlyList<TrainingSheetId>> ListGeneratingAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Adds a training sheet; false, and nothing changed, when the id is taken. A store that lost a reply may answer false for what it did: the lease tells whose it is.
    /// </summary>
    Task<bool> AddAsync(TrainingSheet sheet, CancellationToken cancellationToken);

    /// <summary>Notes the job's own id of the run, and changes nothing else: the run may be at work already.</summary>
    Task NoteJobRunAsync(TrainingSheetId id, string? jobRunId, CancellationToken cancellationToken);

    /// <summary>
    /// Stores where a run has brought the training sheet, provided that the stored one is still <see cref="TrainingSheetStatus.Generating"/> and has the same
    /// <see cref="RunLease.Epoch"/>; false, and nothing changed, when it was deleted, somebody has decided on it meanwhile or another run has taken it. Neither its recipe
    /// nor its job run is changed. A store that lost a reply may answer false for what it did: whoever is told so reads the training sheet again.
    /// </summary>
    Task<bool> SaveAsync(TrainingSheet sheet, CancellationToken cancellationToken);

    /// <summary>Stores when the run was seen last, and nothing else, on the conditions of <see cref="SaveAsync"/>.</summary>
    Task<bool> RenewAsync(TrainingSheet sheet, CancellationToken cancellationToken);

    /// <summary>
    /// Stores where the training sheet stands now, its lease and its job run, provided that the stored one still has the status, the epoch and the last sight of
    /// <paramref name="from"/>; false, and nothing changed, when it has not. Of several who move it at once, one does. As with <see cref="SaveAsync"/>, false may mean that the
    /// reply was lost: the lease tells whose move it was.
    /// </summary>
    /// <param name="sheet">The training sheet as it shall be.</param>
    /// <param name="from">The training sheet as it was read.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<bool> MoveAsync(TrainingSheet sheet, TrainingSheet from, CancellationToken cancellationToken);

    /// <summary>
    /// Stores pairs together with the training sheet that counts them, on the conditions of <see cref="SaveAsync"/>; false, and nothing changed, when they do not hold.
    /// Pairs are written by id: a batch written twice is a batch written once. Where a store has no transaction over two tables the
    /// training sheet is written first, since its status and epoch decide; counts that run ahead of the pairs are mended by <see cref="IQAPairRepository.TallyAsync"/>.
    /// </summary>
    Task<bool> CommitBatchAsync(TrainingSheet sheet, IReadOnlyCollection<QAPair> pairs, CancellationToken cancellationToken);

    /// <summary>Deletes a training sheet with its pairs; false when there was none.</summary>
    Task<bool> DeleteAsync(TrainingSheetId id, CancellationToken cancellationToken);
}
