using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Ports;

/// <summary>
/// Keeps answers from the moment they are paid for until they are stored with their pairs, so that a process that dies costs no more than the calls in flight. It is a
/// safety net: where it cannot be written or read a run goes on without it, and nothing here fails for that.
/// </summary>
public interface IAnswerJournal
{
    /// <summary>Opens the journal of a run, with what earlier runs of the training sheet left in it.</summary>
    Task<IRunJournal> OpenAsync(TrainingSheet sheet, CancellationToken cancellationToken);

    /// <summary>Forgets everything about a training sheet.</summary>
    Task DropAsync(TrainingSheetId id, CancellationToken cancellationToken);
}

/// <summary>The journal of one run. Disposing keeps what is not stored yet, for the next run.</summary>
public interface IRunJournal : IAsyncDisposable
{
    /// <summary>The answer that an earlier run paid for; null when there is none, or it was asked another question.</summary>
    /// <param name="item">The item.</param>
    /// <param name="promptHash">The fingerprint of the question and of how it is asked.</param>
    /// <param name="asked">How it is asked.</param>
    KeptAnswer? Find(ItemRef item, string promptHash, ModelSettings asked);

    /// <summary>Keeps an answer; of several for an item the last is found. When this returns it outlives the process, though not the machine's power.</summary>
    ValueTask<KeptAnswer> KeepAsync(ItemRef item, string promptHash, ModelReply reply);

    /// <summary>Forgets everything: every item has its pair in the store.</summary>
    ValueTask CompleteAsync();
}

/// <summary>An answer that is kept until its pair is stored.</summary>
/// <param name="reply">The answer.</param>
public abstract class KeptAnswer(ModelReply reply)
{
    /// <summary>The answer.</summary>
    public ModelReply Reply { get; } = reply;

    /// <summary>Notes that it need not be kept any more: its pair is stored, or a later answer is kept in its place. Called once at most.</summary>
    public abstract void Stored();
}
