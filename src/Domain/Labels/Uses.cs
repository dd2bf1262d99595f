namespace Mirion.Generation.Domain.Labels;

/// <summary>What a pair may be used for. Governance, a gate apart from the quality that a status states.</summary>
[Flags]
public enum Uses
{
    /// <summary>No use at all.</summary>
    None = 0,

    /// <summary>Fine-tuning a model.</summary>
    Training = 1,

    /// <summary>Choosing between models while training.</summary>
    Validation = 2,

    /// <summary>Measuring a finished model.</summary>
    Evaluation = 4,

    /// <summary>Standing as an example in a prompt.</summary>
    FewShot = 8,

    /// <summary>Trying software out.</summary>
    Testing = 16,

    /// <summary>All five uses.</summary>
    All = Training | Validation | Evaluation | FewShot | Testing,
}
