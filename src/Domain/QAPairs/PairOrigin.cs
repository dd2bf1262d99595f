using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Domain.QAPairs;

/// <summary>What every new pair starts from: its item, its question, and how the answer was sought.</summary>
/// <param name="TrainingSheetId">The training sheet it belongs to.</param>
/// <param name="SheetId">The sheet the item belongs to.</param>
/// <param name="ItemRef">The item.</param>
/// <param name="SequenceNumber">The item's place in item order, from 0.</param>
/// <param name="Question">System turn and question, without an answer.</param>
/// <param name="DefaultUsage">The sheet's default usage constraints, for a pair that inherits from no label.</param>
/// <param name="Metadata">How the answer was sought.</param>
/// <param name="CreatedAt">When.</param>
public sealed record PairOrigin(
    TrainingSheetId TrainingSheetId,
    SheetId SheetId,
    ItemRef ItemRef,
    long SequenceNumber,
    Conversation Question,
    UsagePolicy DefaultUsage,
    GenerationMetadata Metadata,
    DateTimeOffset CreatedAt)
{
    internal QAPairState ToState(
        Conversation conversation, QAPairStatus status, LabelingMode mode, UsagePolicy usage, CanonicalLabelId? label = null, PairDecision? decision = null) => new()
        {
            TrainingSheetId = TrainingSheetId,
            SheetId = SheetId,
            ItemRef = ItemRef,
            SequenceNumber = SequenceNumber,
            Conversation = conversation,
            Status = status,
            LabelingMode = mode,
            CanonicalLabelId = label,
            Usage = usage,
            Decision = decision,
            Metadata = Metadata,
            CreatedAt = CreatedAt,
        };
}
