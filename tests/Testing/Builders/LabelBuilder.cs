using System.Text.Json;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Testing.Builders;

/// <summary>Canonical labels, legal by default.</summary>
public static class LabelBuilder
{
    /// <summary>The key of a canonical label.</summary>
    public static CanonicalLabelKey Key(string item = "item-1", string sheet = "inspections", string labelType = "classification") =>
        new(new SheetId(sheet), new ItemRef(item), new LabelType(labelType));

    /// <summary>A canonical label whose answer is a text.</summary>
    public static CanonicalLabel Label(
        string item = "item-1",
        string answer = "scratch",
        string sheet = "inspections",
        string labelType = "classification",
        Confidence confidence = Confidence.High,
        UsagePolicy? usage = null,
        string labeledBy = "dr.lee",
        DateTimeOffset? labeledAt = null,
        string? notes = null,
        int version = 1) => OfJson(JsonSerializer.Serialize(answer), item, sheet, labelType, confidence, usage, labeledBy, labeledAt, notes, version);

    /// <summary>A canonical label whose answer is any JSON.</summary>
    public static CanonicalLabel OfJson(
        string json,
        string item = "item-1",
        string sheet = "inspections",
        string labelType = "classification",
        Confidence confidence = Confidence.High,
        UsagePolicy? usage = null,
        string labeledBy = "dr.lee",
        DateTimeOffset? labeledAt = null,
        string? notes = null,
        int version = 1) => CanonicalLabel.Create(
            Key(item, sheet, labelType),
            LabelData.Parse(json),
            confidence,
            usage ?? UsagePolicy.Unrestricted,
            labeledBy,
            labeledAt ?? Times.Start,
            notes,
            version).Value;
}
