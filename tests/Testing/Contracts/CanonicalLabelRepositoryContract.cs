using System.Globalization;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Testing.Builders;
using NUnit.Framework;

namespace Mirion.Generation.Testing.Contracts;

/// <summary>What every adapter of <see cref="ICanonicalLabelRepository"/> keeps.</summary>
public abstract partial class CanonicalLabelRepositoryContract
{
    private static readonly SheetId Sheet = new("inspections");
    private static readonly LabelType Type = new("classification");

    // In code point order, which UTF-16 order is not: U+FB01 comes before U+1F600.
    private static readonly string[] Ordered = ["", "\0", "\t", " ", "10", "2", "A", "a", "a\0", "a b", "ab", "é", "ﬁ", "😀", "😀a"];

    /// <summary>The adapter, over an empty store.</summary>
    protected abstract ICanonicalLabelRepository Labels { get; }

    private static CancellationToken None => CancellationToken.None;

    private static IEnumerable<CanonicalLabel> Shapes() =>
    [
        LabelBuilder.Label(),
        LabelBuilder.Label(Plain.Awkward, Plain.Awkward, labeledBy: Plain.Awkward, notes: Plain.Awkward, usage: UsagePolicy.Unrestricted with { Reason = Plain.Awkward }),
        LabelBuilder.Label(notes: string.Empty, confidence: Confidence.Low, usage: new UsagePolicy(Uses.None, Uses.None, string.Empty, DataClassification.Restricted)),
        LabelBuilder.Label(confidence: Confidence.Medium, usage: new UsagePolicy(Uses.Training | Uses.FewShot, Uses.Testing, "why", DataClassification.Public)),
        LabelBuilder.Label(labeledAt: new DateTimeOffset(1969, 7, 20, 20, 17, 40, TimeSpan.Zero).AddMicroseconds(1)),
        LabelBuilder.Label(labeledAt: new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero).AddMicroseconds(999_999)),
        LabelBuilder.OfJson("""{"defects":[{"box":[1.10,2e2,-0.0],"größe":"„5“ 😀"}],"n":123456789012345678901234567890,"ok":true,"none":null}"""),
        LabelBuilder.OfJson("0"),
        LabelBuilder.OfJson("false"),
        LabelBuilder.OfJson("[]"),
        LabelBuilder.OfJson("\"{\\\"not\\\": \\\"an object\\\"}\""),
    ];

    [TestCaseSource(nameof(Shapes))]
    public async Task FindAsync_WhenALabelWasStored_GivesItBackWhole(CanonicalLabel label)
    {
        var stored = await Labels.UpsertAsync(label, None);

        Assert.That(stored, Is.EqualTo(new StoredLabel(label, Created: true)));
        Assert.That(await Labels.FindAsync(label.Id, None), Is.EqualTo(label));
    }

    [Test]
    public async Task FindAsync_WhenThereIsNone_IsNull()
    {
        await StoreAsync(LabelBuilder.Label());

        Assert.That(await Labels.FindAsync(LabelBuilder.Key("item-2").ToId(), None), Is.Null);
        Assert.That(await Labels.FindAsync(new CanonicalLabelId("no-uuid"), None), Is.Null);
    }

    [Test]
    public async Task UpsertAsync_WhenTheKeyHasALabel_StoresItsNextVersion()
    {
        await StoreAsync(LabelBuilder.Label(answer: "scratch", notes: "first"), LabelBuilder.Label(labelType: "severity"));

        var second = await Labels.UpsertAsync(LabelBuilder.Label(answer: "dent", version: 40), None);
        var third = await Labels.UpsertAsync(LabelBuilder.Label(answer: "crack", labeledBy: "b"), None);

        Assert.That((second.Created, second.Label.Version, second.Label.Data.Answer, second.Label.Notes), Is.EqualTo((false, 2, "dent", (string?)null)));
        Assert.That(third, Is.EqualTo(new StoredLabel(LabelBuilder.Label(answer: "crack", labeledBy: "b", version: 3), Created: false)));
        Assert.That(await Labels.FindAsync(third.Label.Id, None), Is.EqualTo(third.Label));
        Assert.That(await CountAsync(), Is.EqualTo(1));
        Assert.That((await Labels.FindAsync(LabelBuilder.Key(labelType: "severity").ToId(), None))!.Version, Is.EqualTo(1));
    }

    [Test]
    public async Task UpsertAsync_WhenFiftyWriteOneKeyAtOnce_MakesFiftyVersionsOfOneLabel()
    {
        var stored = await Task.WhenAll(Enumerable.Range(1, 50).Select(i => Labels.UpsertAsync(LabelBuilder.Label(answer: $"answer {i}"), None)));

        Assert.That(stored.Select(label => label.Label.Version), Is.EquivalentTo(Enumerable.Range(1, 50)));
        Assert.That(stored.Count(label => label.Created), Is.EqualTo(1));
        Assert.That(await CountAsync(), Is.EqualTo(1));
        Assert.That(await Labels.FindAsync(LabelBuilder.Label().Id, None), Is.EqualTo(stored.Single(label => label.Label.Version == 50).Label));
    }

    [Test]
    public async Task FindForItemsAsync_Always_GivesTheLabelsOfThoseItemsAndThatType()
    {
        await StoreAsync(
            LabelBuilder.Label("item-1", "one"),
            LabelBuilder.Label("item-1", "other type", labelType: "severity"),
            LabelBuilder.Label("item-1", "other sheet", sheet: "photos"),
            LabelBuilder.Label(Plain.Awkward, "awkward"),
            LabelBuilder.Label("not asked for"));

        var found = await FindForItemsAsync("item-1", Plain.Awkward, "unlabelled", "item-1");

        Assert.That(found.ToDictionary(pair => pair.Key.Value, pair => pair.Value.Data.Answer), Is.EquivalentTo(new Dictionary<string, string>
        {
            ["item-1"] = "one",
            [Plain.Awkward] = "awkward",
        }));
        Assert.That(found.All(pair => pair.Key == pair.Value.Key.ItemRef), Is.True);
    }

    [Test]
    public async Task FindForItemsAsync_WhenThePageIsLarge_FindsAllOfIt()
    {
        var refs = Enumerable.Range(0, 2_000).Select(i => i.ToString("x6", CultureInfo.InvariantCulture)).ToArray();
        await ImportAsync(refs.Where((_, i) => i % 2 == 0).Select(item => LabelBuilder.Label(item)));

        var found = await FindForItemsAsync(refs);

        Assert.That(found.Keys.Select(item => item.Value), Is.EquivalentTo(refs.Where((_, i) => i % 2 == 0)));
    }

    [Test]
    public async Task FindForItemsAsync_WhenNoItemIsNamed_FindsNone()
    {
        await StoreAsync(LabelBuilder.Label());

        Assert.That(await FindForItemsAsync(), Is.Empty);
    }

    [TestCase(1)]
    [TestCase(1_000_000)]
    public async Task BeginLookup_WhenPagesComeInOrder_FindsTheLabelsOfEach(long items)
    {
        await StoreAsync(
            LabelBuilder.Label("item-1", "one"),
            LabelBuilder.Label("item-1", "other type", labelType: "severity"),
            LabelBuilder.Label("item-2", "between two items"),
            LabelBuilder.Label("item-3", "other sheet", sheet: "photos"),
            LabelBuilder.Label("item-4", "four"),
            LabelBuilder.Label("item-9", "after the last"),
            LabelBuilder.Label("\uE000", "below a surrogate"),
            LabelBuilder.Label("😀", "above it"));
        await using var lookup = Labels.BeginLookup(Sheet, Type, items);

        Assert.Multiple(async () =>
        {
            Assert.That(await LookUpAsync(lookup, "item-0", "item-1"), Is.EqualTo(new[] { null, "one" }));
            Assert.That(await LookUpAsync(lookup), Is.Empty);
            Assert.That(await LookUpAsync(lookup, "item-3", "item-4", "item-5"), Is.EqualTo(new[] { null, "four", null }));
            Assert.That(await LookUpAsync(lookup, "\uE000", "\uFFFF", "😀"), Is.EqualTo(new[] { "below a surrogate", null, "above it" }));
        });
    }

    [TestCase(1)]
    [TestCase(1_000_000)]
    public async Task BeginLookup_WhenLabelsAreWrittenBetweenPages_FindsThemAsTheyAre(long items)
    {
        await StoreAsync(LabelBuilder.Label("item-1", "one"), LabelBuilder.Label("item-2", "two"), LabelBuilder.Label("item-3", "three"));
        await using var lookup = Labels.BeginLookup(Sheet, Type, items);
        Assert.That(await LookUpAsync(lookup, "item-1"), Is.EqualTo(new[] { "one" }));

        await Labels.UpsertAsync(LabelBuilder.Label("item-2", "two, again"), None);
        await Labels.DeleteAsync(LabelBuilder.Key("item-3").ToId(), None);
        await ImportAsync([LabelBuilder.Label("item-4", "four")]);
        Assert.That(await LookUpAsync(lookup, "item-2", "item-3", "item-4"), Is.EqualTo(new[] { "two, again", null, "four" }));

        await ImportAsync(Enumerable.Range(10, 50).Select(i => LabelBuilder.Label($"item-{i}", $"{i}")));
        for (var i = 10; i < 60; i++) Assert.That(await LookUpAsync(lookup, $"item-{i}"), Is.EqualTo(new[] { $"{i}" }));
    }

    [TestCase(1)]
    [TestCase(1_000_000)]
    public async Task BeginLookup_WhenTheFirstLabelComesAfterTheFirstPage_FindsIt(long items)
    {
        await using var lookup = Labels.BeginLookup(Sheet, Type, items);
        Assert.That(await LookUpAsync(lookup, "item-1"), Is.EqualTo(new string?[] { null }));

        await StoreAsync(LabelBuilder.Label("item-2", "two"));

        Assert.That(await LookUpAsync(lookup, "item-2"), Is.EqualTo(new[] { "two" }));
    }

    [Test]
    public async Task ListAsync_WhenThereAreSeveralPages_GivesEachLabelOnceInOrder()
    {
        var expected = (from sheet in (string[])["Photos", "inspections", "photos"]
                        from item in Ordered
                        from type in (string[])["Type", "classification"]
                        select LabelBuilder.Label($"x{item}", sheet: sheet, labelType: type)).ToList();
        await ImportAsync(expected.AsEnumerable().Reverse());

        Assert.That(await ListAsync(new LabelFilter()), Is.EqualTo(expected));
        Assert.That(await ListAsync(new LabelFilter(Sheet)), Is.EqualTo(expected.Where(label => label.Key.SheetId == Sheet)));
        Assert.That(await ListAsync(new LabelFilter(LabelType: Type)), Is.EqualTo(expected.Where(label => label.Key.LabelType == Type)));
        Assert.That(await ListAsync(new LabelFilter(ItemRef: new ItemRef("x😀"))), Has.Count.EqualTo(6));
        Assert.That(await ListAsync(new LabelFilter(Sheet, Type, new ItemRef("xa"))), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task StreamAsync_Always_GivesTheLabelsOfTheSheetAndTypeByItem()
    {
        await ImportAsync(Ordered.Reverse().Select(item => LabelBuilder.Label($"x{item}")));
        await StoreAsync(LabelBuilder.Label(sheet: "photos"), LabelBuilder.Label(labelType: "severity"));

        var streamed = await StreamAsync();

        Assert.That(streamed.Select(label => label.Key.ItemRef.Value), Is.EqualTo(Ordered.Select(item => $"x{item}")));
    }

    [Test]
    public async Task StreamAsync_WhenThereAreMany_GivesThemAll()
    {
        await ImportAsync(Enumerable.Range(0, 10_000).Select(i => LabelBuilder.Label(i.ToString("d5", CultureInfo.InvariantCulture))));

        Assert.That((await StreamAsync()).Select(label => label.Key.ItemRef), Is.Ordered.And.Unique.And.Exactly(10_000).Items);
    }

    [Test]
    public async Task CommitAsync_WhenSomeKeysHaveLabels_CountsWhatIsNewAndWhatIsNot()
    {
        await StoreAsync(LabelBuilder.Label("a", "old"), LabelBuilder.Label("b", "old"));

        await using var import = await Labels.BeginImportAsync(None);
        await import.AddAsync([LabelBuilder.Label("a", "new"), LabelBuilder.Label("c", "new", version: 9)], None);
        await import.AddAsync([], None);
        await import.AddAsync([LabelBuilder.Label(Plain.Awkward, Plain.Awkward, notes: Plain.Awkward)], None);
        var count = await import.CommitAsync(None);

        Assert.That(count, Is.EqualTo(new ImportCount(Created: 2, Updated: 1)));
        Assert.That(await FindAsync("a"), Is.EqualTo(LabelBuilder.Label("a", "new", version: 2)));
        Assert.That(await FindAsync("b"), Is.EqualTo(LabelBuilder.Label("b", "old")));
        Assert.That(await FindAsync("c"), Is.EqualTo(LabelBuilder.Label("c", "new")));
        Assert.That(await FindAsync(Plain.Awkward), Is.EqualTo(LabelBuilder.Label(Plain.Awkward, Plain.Awkward, notes: Plain.Awkward)));
    }

    [Test]
    public async Task DisposeAsync_WhenTheImportWasNotCommitted_LeavesNothing()
    {
        await StoreAsync(LabelBuilder.Label("a", "old"));

        await using (var import = await Labels.BeginImportAsync(None))
        {
            await import.AddAsync([LabelBuilder.Label("a", "new"), LabelBuilder.Label("b", "new")], None);
            Assert.That(await CountAsync(), Is.EqualTo(1));
        }

        Assert.That(await CountAsync(), Is.EqualTo(1));
        Assert.That((await FindAsync("a"))!.Data.Answer, Is.EqualTo("old"));
    }

    [Test]
    public async Task BeginImportAsync_WhenTwoImportAtOnce_StoresBoth()
    {
        await using var first = await Labels.BeginImportAsync(None);
        await using var second = await Labels.BeginImportAsync(None);
        await first.AddAsync([LabelBuilder.Label("a"), LabelBuilder.Label("b")], None);
        await second.AddAsync([LabelBuilder.Label("b"), LabelBuilder.Label("c")], None);

        Assert.That(await first.CommitAsync(None), Is.EqualTo(new ImportCount(2, 0)));
        Assert.That(await second.CommitAsync(None), Is.EqualTo(new ImportCount(1, 1)));
        Assert.That((await FindAsync("b"))!.Version, Is.EqualTo(2));
    }

    [Test]
    public async Task CommitAsync_WhenNothingWasAdded_StoresNothing()
    {
        await using var import = await Labels.BeginImportAsync(None);

        Assert.That(await import.CommitAsync(None), Is.EqualTo(new ImportCount(0, 0)));
    }

    [Test]
    public async Task DeleteAsync_Always_DeletesThatLabelOnce()
    {
        await StoreAsync(LabelBuilder.Label("a"), LabelBuilder.Label("b"));

        Assert.That(await Labels.DeleteAsync(LabelBuilder.Key("a").ToId(), None), Is.True);
        Assert.That(await Labels.DeleteAsync(LabelBuilder.Key("a").ToId(), None), Is.False);
        Assert.That((await StreamAsync()).Single().Key.ItemRef.Value, Is.EqualTo("b"));
    }

    private async Task StoreAsync(params IEnumerable<CanonicalLabel> labels)
    {
        foreach (var label in labels) await Labels.UpsertAsync(label, None);
    }

    private async Task ImportAsync(IEnumerable<CanonicalLabel> labels)
    {
        await using var import = await Labels.BeginImportAsync(None);
        foreach (var chunk in labels.Chunk(1_000)) await import.AddAsync(chunk, None);
        await import.CommitAsync(None);
    }

    private Task<CanonicalLabel?> FindAsync(string item) => Labels.FindAsync(LabelBuilder.Key(item).ToId(), None);

    private Task<long> CountAsync() => Labels.CountAsync(Sheet, Type, None);

    private Task<IReadOnlyDictionary<ItemRef, CanonicalLabel>> FindForItemsAsync(params string[] items) =>
        Labels.FindForItemsAsync(Sheet, Type, [.. items.Select(item => new ItemRef(item))], None);

    private static async Task<IReadOnlyList<string?>> LookUpAsync(ILabelLookup lookup, params string[] items) =>
        [.. (await lookup.FindAsync([.. items.Select(item => new ItemRef(item))], None)).Select(label => label?.Data.Answer)];

    private async Task<List<CanonicalLabel>> ListAsync(LabelFilter filter)
    {
        var labels = new List<CanonicalLabel>();
        IReadOnlyList<string>? after = null;
        do
        {
            var page = await Labels.ListAsync(filter, new PageRequest(7, after), None);
            labels.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return labels;
    }

    private async Task<List<CanonicalLabel>> StreamAsync()
    {
        var labels = new List<CanonicalLabel>();
        await foreach (var label in Labels.StreamAsync(Sheet, Type, None)) labels.Add(label);
        return labels;
    }
}
