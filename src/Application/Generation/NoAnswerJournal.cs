using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>For a workspace with nowhere to keep answers: a process that dies costs what was not committed.</summary>
public sealed class NoAnswerJournal : IAnswerJournal, IRunJournal
{
    /// <inheritdoc />
    public Task<IRunJournal> OpenAsync(TrainingSheet sheet, CancellationToken cancellationToken) => Task.FromResult<IRunJournal>(this);

    /// <inheritdoc />
    public Task DropAsync(TrainingSheetId id, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public KeptAnswer? Find(ItemRef item, string promptHash, ModelSettings asked) => null;

    /// <inheritdoc />
    public ValueTask<KeptAnswer> KeepAsync(ItemRef item, string promptHash, ModelReply reply) => new(new Unkept(reply));

    /// <inheritdoc />
    public ValueTask CompleteAsync() => ValueTask.CompletedTask;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Unkept(ModelReply reply) : KeptAnswer(reply)
    {
        public override void Stored()
        {
        }
    }
}
