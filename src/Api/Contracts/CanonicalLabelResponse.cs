using System.Text.Json;
using Mirion.Generation.Application.Labels.Import;
using Mirion.Generation.Domain.Labels;

namespace Mirion.Generation.Api.Contracts;

/// <summary>A canonical label: an expert's ground truth for one item and one label type.</summary>
public sealed record CanonicalLabelResponse
{
    /// <summary>The id, which follows from sheet, item and label type.</summary>
    public required string Id { get; init; }

    /// <summary>The sheet the item belongs to.</summary>
    public required string SheetId { get; init; }

    /// <summary>The item.</summary>
    public required string ItemRef { get; init; }

    /// <summary>What task the label answers.</summary>
    public required string LabelType { get; init; }

    /// <summary>The answer: any JSON value.</summary>
    public required JsonElement LabelData { get; init; }

    /// <summary>How sure the expert is.</summary>
    public required Confidence Confidence { get; init; }

    /// <summary>The expert's remarks.</summary>
    public required string? Notes { get; init; }

    /// <summary>Uses that were allowed.</summary>
    public required IReadOnlyList<string> AllowedUses { get; init; }

    /// <summary>Uses that were prohibited; a prohibition wins over a permission.</summary>
    public required IReadOnlyList<string> ProhibitedUses { get; init; }

    /// <summary>Why the uses are what they are.</summary>
    public required string? UsageReason { get; init; }

    /// <summary>How confidential the data is, where that is known.</summary>
    public required DataClassification? DataClassification { get; init; }

    /// <summary>Who labelled.</summary>
    public required string LabeledBy { get; init; }

    /// <summary>When it was labelled.</summary>
    public required DateTimeOffset LabeledAt { get; init; }

    /// <summary>1 when first made; every update raises it by one.</summary>
    public required int Version { get; init; }
}

/// <summary>The versions of a canonical label.</summary>
/// <param name="Items">Every version, newest first.</param>
public sealed record LabelVersionsResponse(IReadOnlyList<CanonicalLabelResponse> Items);

/// <summary>What an import did.</summary>
/// <param name="Created">Labels that are new.</param>
/// <param name="Updated">Labels that are new versions of earlier ones.</param>
/// <param name="Skipped">Rows that were left out.</param>
/// <param name="Faults">What is wrong with them; with the first hundred, if there are more.</param>
public sealed record ImportResponse(long Created, long Updated, long Skipped, IReadOnlyList<RowFault> Faults)
{
    internal static ImportResponse Of(ImportReport report) => new(report.Count.Created, report.Count.Updated, report.Skipped, report.Faults);
}
