using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Testing.Builders;
using NUnit.Framework;

namespace Mirion.Generation.Testing.Contracts;

public abstract partial class SheetSourceContract
{
    [Test]
    public async Task DescribeAsync_WhenTheTableIsThere_NamesItsColumns()
    {
        await PlaceLinesAsync(3);

        var description = await Source.DescribeAsync(Table(), CancellationToken.None);

        Assert.That(description.Value.Names, Is.EqualTo(new[] { "inspection_id", "line", "notes" }));
        Assert.That(description.Value.Columns.Select(column => column.Type), Is.All.Not.Empty);
    }

    [Test]
    public async Task DescribeAsync_WhenThereIsNoSuchTable_IsRefused()
    {
        await PlaceLinesAsync(3);

        var refusal = await RefusalAsync(SheetBuilder.Table(table: "factory.quality.repairs"));

        Assert.That(refusal.Code, Is.EqualTo("source_not_found"));
        Assert.That(refusal.Kind, Is.EqualTo(ErrorKind.Unprocessable));
        Assert.That(refusal.Message, Does.Contain("factory.quality.repairs"));
    }

    [Test]
    public async Task DescribeAsync_WhenTheIdColumnIsAbsent_IsRefused()
    {
        await PlaceLinesAsync(3);

        var refusal = await RefusalAsync(SheetBuilder.Table(table: TableName, itemIdColumn: "inspection"));

        Assert.That(refusal.Code, Is.EqualTo("item_id_missing"));
        Assert.That(refusal.Message, Does.Contain("'inspection'"));
    }

    [TestCase("text_columns")]
    [TestCase("image_columns")]
    [TestCase("metadata_columns")]
    public async Task DescribeAsync_WhenTheSheetNamesAColumnTheTableLacks_IsRefused(string field)
    {
        await PlaceLinesAsync(3);
        string[] Named(string name) => name == field ? ["line", "remarks"] : ["notes"];

        var refusal = await RefusalAsync(SheetBuilder.Table(
            table: TableName, textColumns: Named("text_columns"), imageColumns: Named("image_columns"), metadataColumns: Named("metadata_columns")));

        Assert.That(refusal.Code, Is.EqualTo("column_unknown"));
        Assert.That(refusal.Message, Does.StartWith(field).And.Contain("'remarks'").And.Contain("notes"));
    }

    [Test]
    public async Task DescribeAsync_WhenTheFilterIsNoExpression_IsRefused()
    {
        await PlaceLinesAsync(3);

        Assert.That((await RefusalAsync(Table(NoFilter))).Code, Is.EqualTo("filter_invalid"));
    }

    [TestCase(null, null, 7)]
    [TestCase(LineA, null, 4)]
    [TestCase(null, 5, 5)]
    [TestCase(LineA, 5, 4)]
    [TestCase(LineA, 3, 3)]
    public async Task TakeCensusAsync_WhenEveryRowHasItsName_CountsWhatFilterAndSamplingLeave(string? filter, int? sampleSize, int expected)
    {
        await PlaceLinesAsync(7);
        var sheet = sampleSize is { } size ? Sampled(Table(filter), "random", size) : Table(filter);

        Assert.That((await Source.TakeCensusAsync(sheet, CancellationToken.None)).Value.Items, Is.EqualTo(expected));
    }

    [TestCase(null)]
    [TestCase("  ")]
    public async Task TakeCensusAsync_WhenRowsHaveNoName_IsRefusedWithTheirNumber(string? nameless)
    {
        await PlaceTableAsync(TableName, ["inspection_id", "line"], ["1", "A"], [nameless, "A"], [nameless, "B"], [nameless, "A"]);

        var census = await Source.TakeCensusAsync(Table(LineA), CancellationToken.None);

        Assert.That(census.Error!.Code, Is.EqualTo("item_id_missing"));
        Assert.That(census.Error.Message, Does.Match(@"\b2\b"));
    }

    [Test]
    public async Task TakeCensusAsync_WhenNamesStandMoreThanOnce_IsRefusedWithTheirNumber()
    {
        await PlaceTableAsync(TableName, ["inspection_id", "line"], ["1", "A"], ["1", "A"], ["1", "A"], ["2", "A"], ["2", "A"], ["3", "A"], ["4", "B"], ["4", "B"]);

        var census = await Source.TakeCensusAsync(Table(LineA), CancellationToken.None);

        Assert.That(census.Error!.Code, Is.EqualTo("item_id_not_unique"));
        Assert.That(census.Error.Message, Does.Match(@"\b2 of its values"));
    }

    [Test]
    public async Task TakeCensusAsync_WhenOnlyRowsThatTheFilterDropsLackAName_Counts()
    {
        await PlaceTableAsync(TableName, ["inspection_id", "line"], ["1", "A"], ["2", "A"], [null, "B"], ["2", "B"], ["3", "B"], ["3", "B"]);

        Assert.That((await Source.TakeCensusAsync(Table(LineA), CancellationToken.None)).Value.Items, Is.EqualTo(2));
    }

    [Test]
    public async Task ReadPagesAsync_WhateverTheOrderOfRows_IsInCodePointOrder()
    {
        string[] names = ["\U0001F600", "\uFF21", "b", "B", "a", "10", "9", "é", "e\u0301", "aa", "a b", "\uE000", "漢", "007", "~"];
        await PlaceTableAsync(TableName, ["inspection_id"], [.. names.Select(name => new string?[] { name })]);

        var items = await ReadAsync(Table(), []);

        Assert.That(RefsOf(items), Is.EqualTo(names.Select(name => new ItemRef(name)).Order().Select(name => name.Value)));
        Assert.That(RefsOf(items), Is.Not.EqualTo(names.Order(StringComparer.Ordinal)), "these names tell code points from UTF-16 units");
    }

    [Test]
    public async Task ReadPagesAsync_WhenColumnsAreAskedFor_HasThoseAndNoOther()
    {
        await PlaceTableAsync(TableName, ["inspection_id", "line", "notes"], ["7", null, "x"], ["6", "A", null]);

        var items = await ReadAsync(Table(), ["notes", "line"]);

        Assert.That(items[0].Values, Is.EquivalentTo(new Dictionary<string, object?> { ["notes"] = null, ["line"] = "A" }));
        Assert.That(items[1].Values, Is.EquivalentTo(new Dictionary<string, object?> { ["notes"] = "x", ["line"] = null }));
        Assert.That(items, Has.All.Property(nameof(SheetItem.File)).Null.And.All.Property(nameof(SheetItem.Fault)).Null);
    }

    [TestCase(3, new[] { 3, 3, 1 })]
    [TestCase(7, new[] { 7 })]
    [TestCase(100, new[] { 7 })]
    public async Task ReadPagesAsync_WhenThereAreMoreItemsThanAPageHas_FillsPages(int pageSize, int[] expected)
    {
        await PlaceLinesAsync(7);
        var sizes = new List<int>();

        await foreach (var page in Source.ReadPagesAsync(new SheetReading(Table(), [], PageSize: pageSize), CancellationToken.None)) sizes.Add(page.Count);

        Assert.That(sizes, Is.EqualTo(expected));
    }

    [Test]
    public async Task ReadPagesAsync_WhenNothingPasses_HasNoPage()
    {
        await PlaceTableAsync(TableName, ["inspection_id", "line"], ["1", "B"]);

        Assert.That(await ReadAsync(Table(LineA), []), Is.Empty);
    }

    [Test]
    public async Task ReadPagesAsync_WhenSamplingFirst_TakesFromTheStartOfTheOrder()
    {
        await PlaceLinesAsync(9);
        var sheet = Sampled(Table(LineA), "first", 3);

        Assert.That(RefsOf(await ReadAsync(sheet, [])), Is.EqualTo(new[] { "INS-0001", "INS-0003", "INS-0005" }));
        Assert.That(RefsOf(await ReadAsync(sheet, [], limit: 2)), Is.EqualTo(new[] { "INS-0001", "INS-0003" }));
        Assert.That(RefsOf(await ReadAsync(sheet, [], limit: 5)), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task ReadPagesAsync_WhenSamplingAtRandom_TakesTheSmallestHashesInItemOrder()
    {
        await PlaceLinesAsync(9);
        // printf '%s' inspections/INS-0001 | md5sum, and so on; the four smallest.
        string[] expected = ["INS-0002", "INS-0004", "INS-0008", "INS-0009"];
        var sheet = Sampled(Table(), "random", 4);

        Assert.That(RefsOf(await ReadAsync(sheet, [])), Is.EqualTo(expected));
        Assert.That(RefsOf(await ReadAsync(sheet, [], limit: 2)), Is.EqualTo(expected[..2]), "the limit cuts what sampling chose");
    }

    [Test]
    public async Task ReadPagesAsync_WhenStoppedEarly_CanBeReadAgain()
    {
        await PlaceLinesAsync(7);
        await foreach (var page in Source.ReadPagesAsync(new SheetReading(Table(), [], PageSize: 2), CancellationToken.None))
        {
            Assert.That(page, Has.Count.EqualTo(2));
            break;
        }

        Assert.That(await ReadAsync(Table(), []), Has.Count.EqualTo(7));
    }

    [Test]
    public async Task ReadPagesAsync_WhenCancelled_Stops()
    {
        await PlaceLinesAsync(7);
        using var cancelling = new CancellationTokenSource();
        await using var pages = Source.ReadPagesAsync(new SheetReading(Table(), [], PageSize: 2), cancelling.Token).GetAsyncEnumerator(cancelling.Token);
        Assert.That(await pages.MoveNextAsync());

        await cancelling.CancelAsync();

        Assert.That(async () => await pages.MoveNextAsync(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void ReadPagesAsync_WhenTheTableIsGone_Throws() =>
        Assert.That(async () => await ReadAsync(Table(), []), Throws.InstanceOf<UpstreamException>().With.Property("Code").EqualTo(FailureCode));

    [Test]
    public async Task ReadItemsAsync_WhenTheSheetLacksSome_LeavesThemOut()
    {
        await PlaceLinesAsync(9);

        var items = await Source.ReadItemsAsync(
            Table(LineA), ["notes"], [new ItemRef("INS-0003"), new ItemRef("INS-0002"), new ItemRef("INS-9999"), new ItemRef("INS-0009")], CancellationToken.None);

        Assert.That(RefsOf(items), Is.EquivalentTo(new[] { "INS-0003", "INS-0009" }));
        Assert.That(items.Single(item => item.Ref.Value == "INS-0003").Values["notes"], Is.EqualTo("note 3"));
        Assert.That(items.Select(item => item.SequenceNumber), Is.All.EqualTo(-1));
    }

    [TestCase("first", 3, new[] { "INS-0001", "INS-0003" })]
    [TestCase("random", 4, new[] { "INS-0004" })]
    public async Task ReadItemsAsync_WhenTheSheetIsSampled_HasNoItemOutsideTheSample(string strategy, int size, string[] expected)
    {
        await PlaceLinesAsync(9);

        var items = await Source.ReadItemsAsync(
            Sampled(Table(), strategy, size), [], [new ItemRef("INS-0001"), new ItemRef("INS-0003"), new ItemRef("INS-0004"), new ItemRef("INS-0005")], CancellationToken.None);

        Assert.That(RefsOf(items), Is.EquivalentTo(expected));
    }

    [Test]
    public async Task ReadItemsAsync_WhenNothingIsAskedFor_ReadsNothing()
    {
        await PlaceLinesAsync(3);

        Assert.That(await Source.ReadItemsAsync(Table(), ["notes"], [], CancellationToken.None), Is.Empty);
    }
}
