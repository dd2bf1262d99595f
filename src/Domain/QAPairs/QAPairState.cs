using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Domain.QAPairs;

/// <summary>Everything a pair is, as a store keeps it; <see cref="QAPair.Restore"/> makes a pair of it if it is legal.</summary>
public sealed record QAPairState
{
    /// <summary>The training sheet the pair belongs to.</summary>
    public required TrainingSheetId TrainingSheetId { get; init; }

    /// <summary>The sheet the item belongs to.</summary>
    public required SheetId SheetId { get; init; }

    /// <summary>The item.</summary>
    public required ItemRef ItemRef { get; init; }

    /// <summary>The item's place in item order, from 0.</summary>
    public required long SequenceNumber { get; init; }

    /// <summary>The chat example.</summary>
    public required Conversation Conversation { get; init; }

    /// <summary>The quality of the pair.</summary>
    public required QAPairStatus Status { get; init; }

    /// <summary>Where the answer comes from.</summary>
    public required LabelingMode LabelingMode { get; init; }

    /// <summary>The label the answer is, or was written to.</summary>
    public CanonicalLabelId? CanonicalLabelId { get; init; }

    /// <summary>What the pair may be used for.</summary>
    public required UsagePolicy Usage { get; init; }

    /// <summary>How many decisions were taken on the pair since it was made.</summary>
    public int Revision { get; init; }

    /// <summary>The last decision, or null while nobody took one.</summary>
    public PairDecision? Decision { get; init; }

    /// <summary>The chat example before it was first edited.</summary>
    public Conversation? Original { get; init; }

    /// <summary>How the pair came to be.</summary>
    public required GenerationMetadata Metadata { get; init; }

    /// <summary>When the pair was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
