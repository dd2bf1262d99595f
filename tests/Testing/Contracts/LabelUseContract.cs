using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Testing.Builders;
using NUnit.Framework;

namespace Mirion.Generation.Testing.Contracts;

/// <summary>What every adapter of <see cref="ICanonicalLabelRepository"/> knows of the pairs that reuse its labels.</summary>
public abstract class LabelUseContract
{
    private static readonly SheetId Sheet = new("inspections");

    /// <summary>The adapter, over an empty store.</summary>
    protected abstract ICanonicalLabelRepository Labels { get; }

    /// <summary>The training sheets in the same store.</summary>
    protected abstract ITrainingSheetRepository Sheets { get; }

    private static CancellationToken None => CancellationToken.None;

    [Test]
    public async Task SumUpAsync_Always_CountsLabelsByTypeAndThePairsThatReuseThem()
    {
        var (a, b) = (LabelBuilder.Label("a"), LabelBuilder.Label("b"));
        await AddAsync(a, b, LabelBuilder.Label("c"), LabelBuilder.Label("a", labelType: "severity"), LabelBuilder.Label("a", labelType: "Size"), LabelBuilder.Label("a", sheet: "boards"));
        await WriteAsync("ts-1", Reusing(a, "ts-1", 1), Reusing(b, "ts-1", 2));
        await WriteAsync("ts-2", Reusing(a, "ts-2", 3), Reusing(LabelBuilder.Label("a", labelType: "severity"), "ts-2", 0, "other"));

        Assert.That(await Labels.SumUpAsync(Sheet, None), Is.EqualTo(new[]
        {
            new LabelTypeUse(new LabelType("Size"), 1, 0, null),
            new LabelTypeUse(new LabelType("classification"), 3, 3, Times.Start.AddHours(3)),
            new LabelTypeUse(new LabelType("severity"), 1, 1, Times.Start),
        }));
    }

    // A pair that a person approved links the label that came of it; it was asked for.
    [Test]
    public async Task SumUpAsync_WhenAPairWasDecidedOn_CountsOnlyWhatWasReused()
    {
        var label = LabelBuilder.Label("a");
        await AddAsync(label);
        await WriteAsync("ts-1", PairBuilder.FromModel("a").Approve(label.Id, "b", Times.Start).Value, Reusing(LabelBuilder.Label("deleted"), "ts-1", 1));

        Assert.That(await Labels.SumUpAsync(Sheet, None), Is.EqualTo(new[] { new LabelTypeUse(new LabelType("classification"), 1, 0, null) }));
        Assert.That(await Labels.SumUpAsync(new SheetId("nothing"), None), Is.Empty);
    }

    private static QAPair Reusing(CanonicalLabel label, string trainingSheet, int hours, string? item = null) =>
        QAPair.FromCanonicalLabel(PairBuilder.Origin(item ?? label.Key.ItemRef.Value, hours, trainingSheet, createdAt: Times.Start.AddHours(hours)), label);

    private async Task AddAsync(params IEnumerable<CanonicalLabel> labels)
    {
        foreach (var label in labels) await Labels.UpsertAsync(label, None);
    }

    private async Task WriteAsync(string id, params IReadOnlyList<QAPair> pairs)
    {
        await Sheets.AddAsync(TrainingSheetBuilder.Generating(id), None);
        Assert.That(await Sheets.CommitBatchAsync(TrainingSheetBuilder.Generating(id).Having(pairs), pairs, None), Is.True);
    }
}
