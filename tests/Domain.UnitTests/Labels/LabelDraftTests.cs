using System.Text.Json;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Domain.UnitTests.Labels;

public sealed class LabelDraftTests
{
    private static readonly LabelDraft Least = new()
    {
        SheetId = "inspections",
        ItemRef = "item-1",
        LabelType = "classification",
        LabelData = JsonSerializer.SerializeToElement("scratch"),
    };

    [Test]
    public void ToLabel_WhenOnlyTheNecessaryIsGiven_TakesTheDefaults()
    {
        var label = Least.ToLabel("sender", Times.Start).Value;

        Assert.That(label, Is.EqualTo(LabelBuilder.Label(labeledBy: "sender")));
    }

    [Test]
    public void ToLabel_WhenEverythingIsGiven_TakesIt()
    {
        var labeledAt = Times.Start.AddDays(-3);
        var draft = Least with
        {
            Confidence = "low",
            Notes = "Under the microscope.",
            AllowedUses = ["training", "testing"],
            ProhibitedUses = ["testing"],
            UsageReason = "Customer agreement.",
            DataClassification = "restricted",
            LabeledBy = "dr.lee",
            LabeledAt = labeledAt,
        };

        var usage = new UsagePolicy(Uses.Training | Uses.Testing, Uses.Testing, "Customer agreement.", DataClassification.Restricted);
        Assert.That(
            draft.ToLabel("sender", Times.Start).Value,
            Is.EqualTo(LabelBuilder.Label(confidence: Confidence.Low, usage: usage, labeledAt: labeledAt, notes: "Under the microscope.")));
    }

    [Test]
    public void ToLabel_WhenNoUseIsAllowed_KeepsItSo() =>
        Assert.That((Least with { AllowedUses = [] }).ToLabel("sender", Times.Start).Value.Usage.Allowed, Is.EqualTo(Uses.None));

    [Test]
    public void ToLabel_WhenWhoLabelledIsBlank_TakesTheSender() =>
        Assert.That((Least with { LabeledBy = " " }).ToLabel("sender", Times.Start).Value.LabeledBy, Is.EqualTo("sender"));

    [Test]
    public void ToLabel_WhenEverythingIsWrong_NamesEveryFieldAtOnce()
    {
        var draft = new LabelDraft
        {
            SheetId = "in spections",
            ItemRef = "",
            LabelType = null,
            Confidence = "High",
            AllowedUses = ["training", "everything"],
            ProhibitedUses = [null!],
            DataClassification = "secret",
        };

        Assert.That(draft.ToLabel("sender", Times.Start).Error!.Fields.Keys, Is.EquivalentTo(new[]
        {
            "sheet_id", "item_ref", "label_type", "label_data", "confidence", "allowed_uses", "prohibited_uses", "data_classification",
        }));
    }
}
