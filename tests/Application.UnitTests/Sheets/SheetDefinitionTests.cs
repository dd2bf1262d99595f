using Mirion.Generation.Application.Sheets;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Application.UnitTests.Sheets;

public sealed class SheetDefinitionTests
{
    private static readonly SheetDraft Draft = SheetBuilder.Table("new-sheet").ToDraft();

    [Test]
    public async Task Create_WhenTheSourceFits_StoresTheSheet()
    {
        await using var bench = new Workbench().WithItems(1);

        var created = (await bench.SendAsync(new CreateSheetCommand(Draft))).Value;

        Assert.That((await bench.SendAsync(new GetSheetQuery(created.Id))).Value.ToDraft().SourceTable, Is.EqualTo(Draft.SourceTable));
    }

    [Test]
    public async Task Create_WhenNoIdIsGiven_MakesOne()
    {
        await using var bench = new Workbench().WithItems(1);

        var created = (await bench.SendAsync(new CreateSheetCommand(Draft with { Id = null }))).Value;

        Assert.That(Guid.TryParse(created.Id.Value, out _));
    }

    [TestCase("inspections", "sheet_exists")]
    [TestCase("no/id", "validation_failed")]
    public async Task Create_WhenTheIdIsTakenOrNone_IsRefused(string id, string code)
    {
        await using var bench = new Workbench().WithItems(1);

        Assert.That((await bench.SendAsync(new CreateSheetCommand(Draft with { Id = id }))).Error?.Code, Is.EqualTo(code));
    }

    [TestCase("a.b.missing", "inspection_id", "source_not_found")]
    [TestCase("factory.quality.inspections", "nope", "item_id_missing")]
    public async Task Create_WhenTheSourceDoesNotFit_StoresNothing(string table, string idColumn, string code)
    {
        await using var bench = new Workbench().WithItems(1);

        var result = await bench.SendAsync(new CreateSheetCommand(Draft with { SourceTable = table, ItemIdColumn = idColumn }));

        Assert.That(result.Error?.Code, Is.EqualTo(code));
        Assert.That((await bench.SendAsync(new GetSheetQuery(new SheetId("new-sheet")))).Error?.Code, Is.EqualTo("sheet_not_found"));
    }

    [Test]
    public async Task Replace_WhenTheIdDiffersFromThePath_IsRefused()
    {
        await using var bench = new Workbench().WithItems(1);

        var result = await bench.SendAsync(new ReplaceSheetCommand(bench.Sheet.Id, Draft));

        Assert.That(result.Error?.Fields.Keys, Is.EqualTo(new[] { "id" }));
    }

    [Test]
    public async Task Replace_ChangesTheDefinition()
    {
        await using var bench = new Workbench().WithItems(1);

        await bench.SendAsync(new ReplaceSheetCommand(bench.Sheet.Id, Draft with { Id = null, Name = "Renamed" }));

        Assert.That((await bench.SendAsync(new GetSheetQuery(bench.Sheet.Id))).Value.Name, Is.EqualTo("Renamed"));
    }

    [Test]
    public async Task Delete_RemovesTheDefinitionOnce()
    {
        await using var bench = new Workbench().WithItems(1);

        Assert.That((await bench.SendAsync(new DeleteSheetCommand(bench.Sheet.Id))).IsSuccess);
        Assert.That((await bench.SendAsync(new DeleteSheetCommand(bench.Sheet.Id))).Error?.Code, Is.EqualTo("sheet_not_found"));
    }

    [Test]
    public async Task ListItems_AnswersWithTheFirstOnesAndEveryColumn()
    {
        await using var bench = new Workbench().WithItems(8);

        var items = (await bench.SendAsync(new ListItemsQuery(bench.Sheet.Id, 3))).Value;

        Assert.That(items.Select(item => item.Ref.Value), Is.EqualTo(new[] { "item-000", "item-001", "item-002" }));
        Assert.That(items[0].Values.Keys, Is.EquivalentTo(new[] { "inspection_id", "note" }));
    }

    [Test]
    public async Task GetItemContent_OfATable_ReadsTheImageTheColumnNames()
    {
        await using var bench = new Workbench(SheetBuilder.Table(imageColumns: ["photo"])).WithRow("a", ("photo", "/Volumes/c/s/v/a.png"));
        bench.Source.AddFile("/Volumes/c/s/v/a.png", [1, 2, 3]);

        var content = (await bench.SendAsync(new GetItemContentQuery(bench.Sheet.Id, new ItemRef("a")))).Value;

        Assert.That(content.File.MediaType, Is.EqualTo("image/png"));
        Assert.That(content.Bytes.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task GetItemContent_WhenTheSheetHasNoFiles_IsRefused()
    {
        await using var bench = new Workbench().WithItems(1);

        Assert.That((await bench.SendAsync(new GetItemContentQuery(bench.Sheet.Id, new ItemRef("item-000")))).Error?.Fields.Keys, Is.EqualTo(new[] { "column" }));
    }

    [Test]
    public async Task GetItem_WhenTheSheetLacksIt_SaysSo()
    {
        await using var bench = new Workbench().WithItems(1);

        Assert.That((await bench.SendAsync(new GetItemQuery(bench.Sheet.Id, new ItemRef("nobody")))).Error?.Code, Is.EqualTo("item_not_found"));
    }
}
