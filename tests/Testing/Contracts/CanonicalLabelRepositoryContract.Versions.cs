using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Testing.Builders;
using NUnit.Framework;

namespace Mirion.Generation.Testing.Contracts;

/// <summary>What labels were before.</summary>
public abstract partial class CanonicalLabelRepositoryContract
{
    [Test]
    public async Task ListVersionsAsync_WhenThereIsNone_IsEmpty() => Assert.That(await VersionsAsync(), Is.Empty);

    [Test]
    public async Task ListVersionsAsync_WhenALabelWasChanged_GivesEveryVersionWholeNewestFirst()
    {
        var first = LabelBuilder.Label(
            answer: Plain.Awkward, labeledBy: Plain.Awkward, notes: Plain.Awkward, confidence: Confidence.Low, usage: new UsagePolicy(Uses.Training, Uses.Testing, Plain.Awkward, DataClassification.Restricted));
        var second = LabelBuilder.OfJson("""{"size":1.50}""", labeledAt: Times.Start.AddMicroseconds(1), version: 2);
        await StoreAsync(first, second, LabelBuilder.Label("another"));
        await ImportAsync([LabelBuilder.Label(answer: "third"), LabelBuilder.Label("new")]);

        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { LabelBuilder.Label(answer: "third", version: 3), second, first }));
        Assert.That((await Labels.ListVersionsAsync(LabelBuilder.Key("new").ToId(), None)).Single().Version, Is.EqualTo(1));
    }

    [Test]
    public async Task ListVersionsAsync_WhenTheLabelWasDeleted_StillGivesItsVersions()
    {
        await StoreAsync(LabelBuilder.Label(answer: "a"), LabelBuilder.Label(answer: "b"));
        await Labels.DeleteAsync(LabelBuilder.Label().Id, None);

        Assert.That((await VersionsAsync()).Select(label => (label.Version, label.Data.Answer)), Is.EqualTo(new[] { (2, "b"), (1, "a") }));
    }

    [Test]
    public async Task UpsertAsync_WhenTheLabelWasDeleted_GoesOnCounting()
    {
        await StoreAsync(LabelBuilder.Label(answer: "a"), LabelBuilder.Label(answer: "b"));
        await Labels.DeleteAsync(LabelBuilder.Label().Id, None);

        Assert.That(await Labels.UpsertAsync(LabelBuilder.Label(answer: "c"), None), Is.EqualTo(new StoredLabel(LabelBuilder.Label(answer: "c", version: 3), Created: true)));
        Assert.That((await VersionsAsync()).Select(label => (label.Version, label.Data.Answer)), Is.EqualTo(new[] { (3, "c"), (2, "b"), (1, "a") }));
    }

    [Test]
    public async Task Import_WhenALabelWasDeleted_GoesOnCounting()
    {
        await StoreAsync(LabelBuilder.Label(answer: "a"));
        await Labels.DeleteAsync(LabelBuilder.Label().Id, None);

        await ImportAsync([LabelBuilder.Label(answer: "b")]);

        Assert.That((await VersionsAsync()).Select(label => (label.Version, label.Data.Answer)), Is.EqualTo(new[] { (2, "b"), (1, "a") }));
    }

    [Test]
    public async Task UpsertAsync_WhenManyWriteAndDeleteOneKeyAtOnce_LosesNoVersion()
    {
        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(async () =>
        {
            if (i % 6 == 5) await Labels.DeleteAsync(LabelBuilder.Label().Id, None);
            else await Labels.UpsertAsync(LabelBuilder.Label(answer: $"answer {i}"), None);
        })));

        var versions = await VersionsAsync();
        Assert.That(versions.Select(label => label.Version), Is.EqualTo(Enumerable.Range(1, 20).Reverse()));
        Assert.That(versions.Select(label => label.Data.Answer), Is.EquivalentTo(Enumerable.Range(0, 24).Where(i => i % 6 != 5).Select(i => $"answer {i}")));
    }

    private Task<IReadOnlyList<CanonicalLabel>> VersionsAsync() => Labels.ListVersionsAsync(LabelBuilder.Label().Id, None);
}
