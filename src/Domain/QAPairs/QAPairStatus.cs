namespace Mirion.Generation.Domain.QAPairs;

/// <summary>The quality of a pair, as far as it is known.</summary>
public enum QAPairStatus
{
    /// <summary>Waits for a person's decision.</summary>
    Unlabeled,

    /// <summary>Its answer is an expert's, or was approved by one.</summary>
    Labeled,

    /// <summary>A person decided against it.</summary>
    Rejected,

    /// <summary>Something is wrong with it: it could not be generated, or a person said so.</summary>
    Flagged,
}
