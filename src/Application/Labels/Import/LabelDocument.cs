using System.Text.Json;
using System.Text.Json.Serialization;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Labels.Import;

/// <summary>A canonical label as JSON: what a person or a program writes down, or sends back after having read it.</summary>
public sealed record LabelDocument
{
    /// <summary>The id, which follows from sheet, item and label type; may be left out, but not be another one.</summary>
    public string? Id { get; init; }

    /// <summary>The sheet the item belongs to.</summary>
    public string? SheetId { get; init; }

    /// <summary>The item.</summary>
    public string? ItemRef { get; init; }

    /// <summary>What task the label answers.</summary>
    public string? LabelType { get; init; }

    /// <summary>The answer: any JSON value but null and blank text.</summary>
    [JsonConverter(typeof(WritableJsonConverter))]
    public JsonElement LabelData { get; init; }

    /// <summary><c>high</c> (the default), <c>medium</c> or <c>low</c>.</summary>
    public string? Confidence { get; init; }

    /// <summary>Remarks.</summary>
    public string? Notes { get; init; }

    /// <summary>Uses allowed; all when absent.</summary>
    public IReadOnlyList<string>? AllowedUses { get; init; }

    /// <summary>Uses prohibited; none when absent.</summary>
    public IReadOnlyList<string>? ProhibitedUses { get; init; }

    /// <summary>Why the uses are what they are.</summary>
    public string? UsageReason { get; init; }

    /// <summary><c>public</c>, <c>internal</c>, <c>confidential</c> or <c>restricted</c>.</summary>
    public string? DataClassification { get; init; }

    /// <summary>Who labelled; whoever sends it when absent.</summary>
    public string? LabeledBy { get; init; }

    /// <summary>When; now when absent.</summary>
    public DateTimeOffset? LabeledAt { get; init; }

    /// <summary>The version it was read with. The store counts versions, so it is ignored.</summary>
    public int? Version { get; init; }

    /// <summary>The label this describes, unless it bears the id of another.</summary>
    public Result<LabelDraft> ToDraft() => Id is not null && Key() is { } key && key.ToId().Value != Id
        ? Error.InvalidField("id", $"The id of this label is {key.ToId()}, whatever it is called here; leave it out.")
        : new LabelDraft
        {
            SheetId = SheetId,
            ItemRef = ItemRef,
            LabelType = LabelType,
            LabelData = LabelData,
            Confidence = Confidence,
            Notes = Notes,
            AllowedUses = AllowedUses,
            ProhibitedUses = ProhibitedUses,
            UsageReason = UsageReason,
            DataClassification = DataClassification,
            LabeledBy = LabeledBy,
            LabeledAt = LabeledAt,
        };

    private CanonicalLabelKey? Key() => Identifier.IsValid(SheetId) && Identifier.IsValid(LabelType) && !string.IsNullOrEmpty(ItemRef)
        ? new CanonicalLabelKey(new SheetId(SheetId!), new ItemRef(ItemRef), new LabelType(LabelType!))
        : null;
}
