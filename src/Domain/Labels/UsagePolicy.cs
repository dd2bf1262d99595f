namespace Mirion.Generation.Domain.Labels;

/// <summary>Usage constraints: what a label, and every pair made from it, may and may not be used for.</summary>
/// <param name="Allowed">The uses that were allowed.</param>
/// <param name="Prohibited">The uses that were prohibited; a prohibition wins over a permission.</param>
/// <param name="Reason">Why, in a person's words.</param>
/// <param name="Classification">How confidential the data is, where that is known.</param>
public sealed record UsagePolicy(Uses Allowed, Uses Prohibited, string? Reason = null, DataClassification? Classification = null)
{
    /// <summary>All five uses allowed, none prohibited.</summary>
    public static UsagePolicy Unrestricted { get; } = new(Uses.All, Uses.None);

    /// <summary>Whether every use in <paramref name="use"/> is allowed and none of them prohibited.</summary>
    public bool Permits(Uses use) => use != Uses.None && (Allowed & ~Prohibited & use) == use;
}
