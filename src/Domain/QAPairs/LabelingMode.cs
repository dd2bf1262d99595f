namespace Mirion.Generation.Domain.QAPairs;

/// <summary>Where a pair's answer comes from.</summary>
public enum LabelingMode
{
    /// <summary>A foundation model drafts it.</summary>
    AiGenerated,

    /// <summary>A canonical label is it.</summary>
    Canonical,

    /// <summary>A person will write it.</summary>
    Manual,

    /// <summary>A column of the item holds it.</summary>
    ExistingColumn,
}
