using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Testing.Builders;
using NUnit.Framework;

namespace Mirion.Generation.Testing.Contracts;

/// <summary>What every adapter of <see cref="ISheetRepository"/> keeps.</summary>
public abstract class SheetRepositoryContract
{
    /// <summary>The adapter, over an empty store.</summary>
    protected abstract ISheetRepository Sheets { get; }

    private static CancellationToken None => CancellationToken.None;

    private static IEnumerable<TestCaseData> Shapes()
    {
        yield return new TestCaseData(SheetBuilder.Table()).SetArgDisplayNames("least");
        yield return new TestCaseData(SheetBuilder.Volume(path: "2026/line 1")).SetArgDisplayNames("volume");
        yield return new TestCaseData(SheetBuilder.Table(description: string.Empty)).SetArgDisplayNames("empty is not null");
        yield return new TestCaseData(SheetBuilder.Table(
            name: Plain.Awkward,
            itemIdColumn: Plain.Awkward,
            textColumns: ["note", Plain.Awkward],
            imageColumns: ["photo"],
            metadataColumns: ["a,b", "[c]"],
            filter: $"note <> '{Plain.Awkward}'",
            description: Plain.Awkward,
            sampling: "random",
            sampleSize: int.MaxValue,
            allowedUses: ["training", "few_shot"],
            prohibitedUses: ["testing"])).SetArgDisplayNames("everything");
        yield return new TestCaseData(SheetBuilder.Table(sampling: "first", sampleSize: 1, allowedUses: [], prohibitedUses: [])).SetArgDisplayNames("no use");
    }

    [TestCaseSource(nameof(Shapes))]
    public async Task FindAsync_WhenASheetWasAdded_GivesItBackWhole(Sheet sheet)
    {
        Assert.That(await Sheets.AddAsync(sheet, None), Is.True);

        Assert.That(Plain.Text((await Sheets.FindAsync(sheet.Id, None))!), Is.EqualTo(Plain.Text(sheet)));
    }

    [Test]
    public async Task FindAsync_WhenThereIsNone_IsNull()
    {
        await AddAsync("inspections");

        Assert.That(await Sheets.FindAsync(new SheetId("Inspections"), None), Is.Null);
    }

    [Test]
    public async Task AddAsync_WhenTheIdIsTaken_ChangesNothing()
    {
        await AddAsync("inspections");

        Assert.That(await Sheets.AddAsync(SheetBuilder.Table("inspections", name: "another"), None), Is.False);
        Assert.That((await Sheets.FindAsync(new SheetId("inspections"), None))!.Name, Is.EqualTo("inspections"));
        Assert.That((await Sheets.ListAsync(new PageRequest(10), None)).Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task AddAsync_WhenManyAddTheSameAtOnce_TakesOne()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Sheets.AddAsync(SheetBuilder.Table("inspections", name: $"n{i}"), None)));

        Assert.That(added, Has.Exactly(1).True);
        Assert.That((await Sheets.ListAsync(new PageRequest(10), None)).Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ListAsync_WhenThereAreSeveralPages_GivesEachSheetOnceInCodePointOrder()
    {
        await AddAsync("b", "a.2", "Z", "a-1", "a_3", "10", "9");

        var (pages, ids) = (0, new List<string>());
        IReadOnlyList<string>? after = null;
        do
        {
            var page = await Sheets.ListAsync(new PageRequest(3, after), None);
            ids.AddRange(page.Items.Select(sheet => sheet.Id.Value));
            (after, pages) = (page.Next, pages + 1);
        }
        while (after is not null);

        Assert.That(ids, Is.EqualTo(new[] { "10", "9", "Z", "a-1", "a.2", "a_3", "b" }));
        Assert.That(pages, Is.EqualTo(3));
    }

    [Test]
    public async Task ReplaceAsync_WhenThereIsTheSheet_StoresTheNewOne()
    {
        await AddAsync("inspections", "other");
        var changed = SheetBuilder.Table("inspections", name: "Changed", textColumns: ["x"], filter: "y > 1");

        Assert.That(await Sheets.ReplaceAsync(changed, None), Is.True);
        Assert.That(Plain.Text((await Sheets.FindAsync(changed.Id, None))!), Is.EqualTo(Plain.Text(changed)));
        Assert.That((await Sheets.FindAsync(new SheetId("other"), None))!.Name, Is.EqualTo("other"));
    }

    [Test]
    public async Task ReplaceAsync_WhenThereIsNone_AddsNone()
    {
        Assert.That(await Sheets.ReplaceAsync(SheetBuilder.Table("inspections"), None), Is.False);
        Assert.That(await Sheets.FindAsync(new SheetId("inspections"), None), Is.Null);
    }

    [Test]
    public async Task DeleteAsync_Always_DeletesThatSheetOnce()
    {
        await AddAsync("inspections", "other");

        Assert.That(await Sheets.DeleteAsync(new SheetId("inspections"), None), Is.True);
        Assert.That(await Sheets.DeleteAsync(new SheetId("inspections"), None), Is.False);
        Assert.That((await Sheets.ListAsync(new PageRequest(10), None)).Items.Single().Id.Value, Is.EqualTo("other"));
    }

    private async Task AddAsync(params IEnumerable<string> ids)
    {
        foreach (var id in ids) Assert.That(await Sheets.AddAsync(SheetBuilder.Table(id), None), Is.True);
    }
}
