using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Application.Generation.Calls.Sharing;

/// <summary>Reads answers back that are no longer held, from the pairs that were stored with them.</summary>
internal sealed class AnswerRecall(IQAPairRepository pairs, ModelSettings settings)
{
    /// <summary>
    /// What the model answered to the question of this fingerprint; null when its pair is not stored yet, or does not say any more what the model answered, as somebody has reviewed it
    /// since.
    /// </summary>
    public async Task<KnownAnswer?> FindAsync(QAPairId id, string promptHash, CancellationToken cancellationToken)
    {
        if (await pairs.FindAsync(id, cancellationToken) is not
            {
                State: { Status: QAPairStatus.Unlabeled, LabelingMode: LabelingMode.AiGenerated, Conversation.Assistant: { } answer, Metadata: { Model: { } model } metadata } state
            }
            || metadata.PromptHash != promptHash)
        {
            return null;
        }

        var sent = metadata.ResponseFormat is null ? settings with { OutputSchema = null } : settings;
        return new KnownAnswer(new ModelReply { Model = model, Answer = answer, Sent = metadata.Temperature is null ? null : sent, FinishReason = metadata.FinishReason }, id, state.ItemRef.Value);
    }
}
