namespace Mirion.Generation.Domain.Labels;

/// <summary>How confidential the data behind a label is.</summary>
public enum DataClassification
{
    /// <summary>Anyone may see it.</summary>
    Public,

    /// <summary>For the organisation.</summary>
    Internal,

    /// <summary>For named groups.</summary>
    Confidential,

    /// <summary>For named people.</summary>
    Restricted,
}
