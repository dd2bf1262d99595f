namespace Mirion.Generation.Domain.Labels;

/// <summary>How sure the expert is of a label.</summary>
public enum Confidence
{
    /// <summary>Certain.</summary>
    High,

    /// <summary>Probable.</summary>
    Medium,

    /// <summary>A best guess.</summary>
    Low,
}
