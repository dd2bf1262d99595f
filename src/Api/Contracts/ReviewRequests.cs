namespace Mirion.Generation.Api.Contracts;

/// <summary>A new answer.</summary>
/// <param name="Content">The answer; not blank.</param>
public sealed record EditRequest(string? Content = null);

/// <summary>Why.</summary>
/// <param name="Reason">The reason, in a person's words.</param>
public sealed record ReasonRequest(string? Reason = null);

/// <summary>A decision on many pairs: those that <c>ids</c> name, or those that <c>filter</c> finds.</summary>
public sealed record BulkReviewRequest
{
    /// <summary><c>approve</c>, <c>reject</c> or <c>flag</c>.</summary>
    public string? Action { get; init; }

    /// <summary>The pairs, up to 10,000.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>What the pairs are, any number of them.</summary>
    public BulkFilterBody? Filter { get; init; }

    /// <summary>Why; a flag needs it.</summary>
    public string? Reason { get; init; }
}

/// <summary>Pairs of a training sheet.</summary>
public sealed record BulkFilterBody
{
    /// <summary>The training sheet.</summary>
    public string? TrainingSheetId { get; init; }

    /// <summary>Of this status; any when absent.</summary>
    public string? Status { get; init; }

    /// <summary>Of this origin; any when absent.</summary>
    public string? LabelingMode { get; init; }
}
