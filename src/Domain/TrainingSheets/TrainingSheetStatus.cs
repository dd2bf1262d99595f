namespace Mirion.Generation.Domain.TrainingSheets;

/// <summary>Where a training sheet stands.</summary>
public enum TrainingSheetStatus
{
    /// <summary>Pairs are being made, or wait to be.</summary>
    Generating,

    /// <summary>Some pair is unlabelled or flagged.</summary>
    Review,

    /// <summary>No pair is unlabelled or flagged.</summary>
    Approved,

    /// <summary>A model was trained on it; it is frozen.</summary>
    Trained,

    /// <summary>The run ended before every item had its pair.</summary>
    Failed,
}
