using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local.Sources;

[TestFixture]
public sealed class CsvTableTests
{
    private LocalFiles _files = null!;

    [OneTimeSetUp]
    public void Start() => _files = new LocalFiles();

    [TearDown]
    public void Clear() => _files.Clear();

    [OneTimeTearDown]
    public async Task StopAsync() => await _files.DisposeAsync();

    [Test]
    public async Task ReadPagesAsync_WhateverCellsLookLike_GivesThemAsTheyStand()
    {
        _files.Write("csv", "id,a,b,c,d\n007,1.50,00123,2026-01-02, x \n7,1e3,-0,01/02/2026,NULL\n8,+1,.5,\"1,5\",\"say \"\"hi\"\"\nthen go\"\n");

        var rows = await _files.RowsAsync(columns: ["id", "a", "b", "c", "d"]);

        Assert.That(rows.Keys, Is.EqualTo(new[] { "007", "7", "8" }));
        Assert.That(rows["007"].Values, Is.EqualTo(new[] { "007", "1.50", "00123", "2026-01-02", " x " }));
        Assert.That(rows["7"].Values, Is.EqualTo(new[] { "7", "1e3", "-0", "01/02/2026", "NULL" }));
        Assert.That(rows["8"].Values, Is.EqualTo(new[] { "8", "+1", ".5", "1,5", "say \"hi\"\nthen go" }));
    }

    [Test]
    public async Task ReadPagesAsync_WhenACellIsEmpty_IsNull()
    {
        _files.Write("csv", "id,a,b\n1,,\"\"\n2,\" \",x\n");

        var rows = await _files.RowsAsync(columns: ["a", "b"]);

        Assert.That(rows["1"].Values, Is.All.Null);
        Assert.That(rows["2"].Values, Is.EqualTo(new[] { " ", "x" }));
    }

    [Test]
    public async Task ReadPagesAsync_WhenAColumnHoldsTrueAndFalseOnly_IsBoolean()
    {
        _files.Write("csv", "id,flag,letter,answer,mixed\n1,true,t,yes,true\n2,FALSE,f,no,maybe\n3,,t,yes,\n");

        var rows = await _files.RowsAsync(columns: ["flag", "letter", "answer", "mixed"]);

        Assert.That(rows["1"].Values, Is.EqualTo(new object[] { true, "t", "yes", "true" }));
        Assert.That(rows["2"].Values, Is.EqualTo(new object[] { false, "f", "no", "maybe" }));
        Assert.That(rows["3"].Values, Is.EqualTo(new object?[] { null, "t", "yes", null }));
    }

    [Test]
    public async Task DescribeAsync_WhenTheHeaderHasOddNames_KeepsThem()
    {
        string[] names = ["id", "ID", "Board Score", "a\"b", "naïve 漢", "select", "c0", "t1", "ref", "line\nbreak", "'; DROP TABLE x; --", "*"];
        _files.Write("csv", Csv.Of(names, ["1", .. names[1..].Select(name => $"<{name}>")]));

        var description = await _files.Source.DescribeAsync(SheetBuilder.Table(table: LocalFiles.Table, itemIdColumn: "id"), CancellationToken.None);
        var row = (await _files.RowsAsync(columns: names))["1"];

        Assert.That(description.Value.Names, Is.EqualTo(names));
        Assert.That(names[1..].Select(name => row[name]), Is.EqualTo(names[1..].Select(name => $"<{name}>")));
    }

    [TestCase("\uFEFFid,a\r\n1,x\r\n2,y\r\n")]
    [TestCase("id,a\n1,x\n2,y")]
    [TestCase("\uFEFF\"id\",\"a\"\n\"1\",\"x\"\n\"2\",\"y\"\n")]
    [TestCase("id,a\n\n1,x\n2,y\n\n")]
    public async Task ReadPagesAsync_HoweverTheFileIsWritten_HasTheSameRows(string text)
    {
        _files.Write("csv", text);

        var rows = await _files.RowsAsync(columns: ["a"]);

        Assert.That(rows.Select(row => (row.Key, row.Value["a"])), Is.EqualTo(new[] { ("1", (object)"x"), ("2", "y") }));
    }

    [Test]
    public async Task ReadPagesAsync_WhenEveryCellIsText_DoesNotTakeTheFirstRowForAHeaderOrTheHeaderForARow()
    {
        _files.Write("csv", "id\nalpha\nbeta\n");

        Assert.That((await _files.RowsAsync()).Keys, Is.EqualTo(new[] { "alpha", "beta" }));
    }

    [Test]
    public async Task ReadPagesAsync_WhenThereIsOnlyAHeader_HasNoItem()
    {
        _files.Write("csv", "id,a\n");
        var sheet = SheetBuilder.Table(table: LocalFiles.Table, itemIdColumn: "id");

        Assert.That(await _files.ItemsAsync(sheet, "a"), Is.Empty);
        Assert.That((await _files.Source.TakeCensusAsync(sheet, CancellationToken.None)).Value.Items, Is.Zero);
    }

    [Test]
    public async Task DescribeAsync_WhenAColumnHasNoName_CallsItByItsPlace()
    {
        _files.Write("csv", ",id\nx,1\n");

        Assert.That((await _files.RowsAsync(columns: ["column0"]))["1"]["column0"], Is.EqualTo("x"));
    }

    [Test]
    public async Task DescribeAsync_WhenColumnsHaveTypes_NamesThoseThatFiltersSee()
    {
        _files.Write("csv", "id,n,x,d,t,z,flag,us,text\n1,5,0.5,2026-01-02,2026-01-02 03:04:05,2026-01-02T03:04:05Z,true,01/13/2026,a\n");

        var description = await _files.Source.DescribeAsync(SheetBuilder.Table(table: LocalFiles.Table, itemIdColumn: "id"), CancellationToken.None);

        Assert.That(description.Value.Columns.Select(column => column.Type), Is.EqualTo(new[]
        {
            "BIGINT", "BIGINT", "DOUBLE", "DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "BOOLEAN", "VARCHAR", "VARCHAR",
        }));
    }

    [Test]
    public async Task ReadPagesAsync_WhenTheFilterComparesTypes_SeesThem()
    {
        _files.Write("csv", "id,aoi_score,inspected_at,line\n1,0.35,2026-03-02T06:24:53Z,A\n2,0.5,2026-03-02T07:00:00Z,B\n10,0.75,2025-12-31T23:59:59Z,A\n9,1.00,2026-01-01T00:00:00Z,A\n");

        Assert.That((await _files.RowsAsync(filter: "aoi_score > 0.5")).Keys, Is.EqualTo(new[] { "10", "9" }));
        Assert.That((await _files.RowsAsync(filter: "inspected_at >= DATE '2026-01-01' AND line = 'A'")).Keys, Is.EqualTo(new[] { "1", "9" }));
        Assert.That((await _files.RowsAsync(filter: "id < 10", columns: ["aoi_score"]))["9"]["aoi_score"], Is.EqualTo("1.00"));
    }

    [Test]
    public async Task ReadPagesAsync_WhenOneCellFarDownHasAnotherType_ShowsTheFilterText()
    {
        var rows = Enumerable.Range(0, 30_000).Select(i => new[] { $"{i:D5}", $"{i % 10}" }).Append(["99999", "n/a"]);
        _files.Write("csv", Csv.Of([["id", "score"], .. rows]));

        Assert.That((await _files.RowsAsync(filter: "score = 'n/a'")).Keys, Is.EqualTo(new[] { "99999" }));
        Assert.That(await _files.RowsAsync(filter: "TRY_CAST(score AS BIGINT) = 7"), Has.Count.EqualTo(3_000));
    }

    [Test]
    public async Task ReadPagesAsync_WhenThereAreManyRows_NumbersThemAllInOrder()
    {
        const int Rows = 12_345;
        _files.Write("csv", Csv.Of([["id", "n"], .. Enumerable.Range(0, Rows).Select(i => new[] { $"{i * 7919L % Rows:D6}", $"{i}" })]));

        var items = await _files.ItemsAsync(SheetBuilder.Table(table: LocalFiles.Table, itemIdColumn: "id"), "n");

        Assert.That(items.Select(item => (item.SequenceNumber, item.Ref.Value)), Is.EqualTo(Enumerable.Range(0, Rows).Select(i => ((long)i, $"{i:D6}"))));
    }
}
