using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Domain.Labels;

/// <summary>
/// An expert's ground truth for one item and one label type, independent of any training sheet. Unique on its key.
/// </summary>
public sealed record CanonicalLabel
{
    private CanonicalLabel(CanonicalLabelId id, CanonicalLabelKey key) => (Id, Key) = (id, key);

    /// <summary>The id, which follows from <see cref="Key"/>.</summary>
    public CanonicalLabelId Id { get; }

    /// <summary>Sheet, item and label type.</summary>
    public CanonicalLabelKey Key { get; }

    /// <summary>The answer.</summary>
    public required LabelData Data { get; init; }

    /// <summary>How sure the expert is.</summary>
    public required Confidence Confidence { get; init; }

    /// <summary>The expert's remarks.</summary>
    public string? Notes { get; init; }

    /// <summary>What the label, and pairs made from it, may be used for.</summary>
    public required UsagePolicy Usage { get; init; }

    /// <summary>Who labelled.</summary>
    public required string LabeledBy { get; init; }

    /// <summary>When it was labelled.</summary>
    public required DateTimeOffset LabeledAt { get; init; }

    /// <summary>1 when first made; every update raises it by one.</summary>
    public int Version { get; private init; } = 1;

    /// <summary>A label for <paramref name="key"/>, or the fields that cannot be right.</summary>
    /// <param name="key">Sheet, item and label type.</param>
    /// <param name="data">The answer.</param>
    /// <param name="confidence">How sure the expert is.</param>
    /// <param name="usage">What it may be used for.</param>
    /// <param name="labeledBy">Who labelled; never blank.</param>
    /// <param name="labeledAt">When.</param>
    /// <param name="notes">Remarks.</param>
    /// <param name="version">The version it is stored under; 1 for a new one.</param>
    public static Result<CanonicalLabel> Create(
        CanonicalLabelKey key,
        LabelData data,
        Confidence confidence,
        UsagePolicy usage,
        string labeledBy,
        DateTimeOffset labeledAt,
        string? notes = null,
        int version = 1) => Restore(key.ToId(), key, data, confidence, usage, labeledBy, labeledAt, notes, version);

    /// <summary>The label that a store kept under <paramref name="id"/>, which it was given by <see cref="Create"/>.</summary>
    /// <param name="id">The id.</param>
    /// <param name="key">Sheet, item and label type.</param>
    /// <param name="data">The answer.</param>
    /// <param name="confidence">How sure the expert is.</param>
    /// <param name="usage">What it may be used for.</param>
    /// <param name="labeledBy">Who labelled; never blank.</param>
    /// <param name="labeledAt">When.</param>
    /// <param name="notes">Remarks.</param>
    /// <param name="version">The version it is stored under.</param>
    public static Result<CanonicalLabel> Restore(
        CanonicalLabelId id,
        CanonicalLabelKey key,
        LabelData data,
        Confidence confidence,
        UsagePolicy usage,
        string labeledBy,
        DateTimeOffset labeledAt,
        string? notes = null,
        int version = 1)
    {
        if (string.IsNullOrWhiteSpace(labeledBy)) return Error.InvalidField("labeled_by", "Who labelled must be known.");
        if (version < 1) return Error.InvalidField("version", "Versions count from 1.");
        return new CanonicalLabel(id, key)
        {
            Data = data,
            Confidence = confidence,
            Usage = usage,
            LabeledBy = labeledBy,
            LabeledAt = labeledAt,
            Notes = notes,
            Version = version,
        };
    }
}
