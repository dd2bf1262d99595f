using System.Text.Json;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Domain.Labels;

/// <summary>A canonical label as somebody wrote it down, before anything of it is known to be right.</summary>
public sealed record LabelDraft
{
    /// <summary>The sheet the item belongs to.</summary>
    public string? SheetId { get; init; }

    /// <summary>The item.</summary>
    public string? ItemRef { get; init; }

    /// <summary>What task the label answers.</summary>
    public string? LabelType { get; init; }

    /// <summary>The answer: any JSON value but null and blank text.</summary>
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

    /// <summary>The label this describes, or every field that cannot be right.</summary>
    /// <param name="sender">Who sends it.</param>
    /// <param name="now">The present time.</param>
    public Result<CanonicalLabel> ToLabel(string sender, DateTimeOffset now)
    {
        var errors = new FieldErrors();
        errors.Require(Identifier.IsValid(SheetId), "sheet_id", $"A sheet id has {Identifier.Shape}.");
        errors.Require(!string.IsNullOrEmpty(ItemRef), "item_ref", "Name the item.");
        errors.Require(Identifier.IsValid(LabelType), "label_type", $"A label type has {Identifier.Shape}.");
        var data = Labels.LabelData.From(LabelData);
        if (!data.IsSuccess) errors.Add("label_data", data.Error.Fields["label_data"][0]);

        var (confidence, allowed, prohibited) = (Labels.Confidence.High, Uses.All, Uses.None);
        errors.Require(
            Confidence is null || SnakeCase<Confidence>.TryParse(Confidence, out confidence),
            "confidence",
            $"Give one of {SnakeCase<Confidence>.Choices}.");
        errors.Require(AllowedUses is null || UseNames.TryParse(AllowedUses, out allowed), "allowed_uses", $"Uses are {UseNames.Choices}.");
        errors.Require(ProhibitedUses is null || UseNames.TryParse(ProhibitedUses, out prohibited), "prohibited_uses", $"Uses are {UseNames.Choices}.");
        DataClassification? classification = SnakeCase<DataClassification>.TryParse(DataClassification, out var known) ? known : null;
        errors.Require(
            DataClassification is null || classification is not null,
            "data_classification",
            $"Give one of {SnakeCase<DataClassification>.Choices}.");
        if (!errors.IsEmpty) return errors.ToError();

        return CanonicalLabel.Create(
            new CanonicalLabelKey(new SheetId(SheetId!), new ItemRef(ItemRef!), new LabelType(LabelType!)),
            data.Value,
            confidence,
            new UsagePolicy(allowed, prohibited, UsageReason, classification),
            string.IsNullOrWhiteSpace(LabeledBy) ? sender : LabeledBy,
            LabeledAt ?? now,
            Notes);
    }
}
