using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local.Sources;

[TestFixture]
public sealed class JsonLinesTableTests
{
    private LocalFiles _files = null!;

    [OneTimeSetUp]
    public void Start() => _files = new LocalFiles();

    [TearDown]
    public void Clear() => _files.Clear();

    [OneTimeTearDown]
    public async Task StopAsync() => await _files.DisposeAsync();

    [Test]
    public async Task ReadPagesAsync_WhateverValuesALineHas_GivesThemAsTheyStand()
    {
        _files.Write("jsonl", """
            {"id": "1", "text": "a\u00e9\n\ud83d\ude00", "number": 1.50, "whole": 7, "big": 12345678901234567890, "date": "2026-01-02", "flag": true, "nothing": null}

            {"nested": {"list": [1, 2.50, {"deep": null}], "empty": {}}, "id": "2"}
            """);

        var rows = await _files.RowsAsync(columns: ["text", "number", "whole", "big", "date", "flag", "nothing", "nested"]);

        Assert.That(rows["1"].Values, Is.EqualTo(new object?[] { "aé\n😀", 1.50m, 7L, 12345678901234567890m, "2026-01-02", true, null, null }));
        Assert.That(((decimal)rows["1"]["number"]!).Scale, Is.EqualTo(2));
        Assert.That(rows["2"]["text"], Is.Null, "a missing key is null");
        var nested = (IReadOnlyDictionary<string, object?>)rows["2"]["nested"]!;
        Assert.That(nested["list"], Is.EqualTo(new object[] { 1L, 2.50m, new Dictionary<string, object?> { ["deep"] = null } }));
        Assert.That(nested["empty"], Is.Empty);
    }

    [Test]
    public async Task DescribeAsync_WhenLinesHaveDifferentKeys_HasThemAll()
    {
        _files.Write("jsonl", "{\"id\":1,\"b\":1}\n{\"id\":2,\"a\":\"x\",\"b\":0.5}\n{\"c\":{},\"id\":3}\n{\"id\":4,\"d\":\"2026-01-02\",\"ID\":true,\"e\":null}\n");

        var description = await _files.Source.DescribeAsync(SheetBuilder.Table(table: LocalFiles.Table, itemIdColumn: "id"), CancellationToken.None);

        Assert.That(description.Value.Columns.Select(column => (column.Name, column.Type)), Is.EqualTo(new[]
        {
            ("id", "BIGINT"), ("b", "DOUBLE"), ("a", "VARCHAR"), ("c", "JSON"), ("d", "DATE"), ("ID", "BOOLEAN"), ("e", "VARCHAR"),
        }));
    }

    [TestCase("\"2026-01-02\"", "DATE")]
    [TestCase("\"2026-13-02\"", "VARCHAR")]
    [TestCase("\"2026-01-02T03:04:05\"", "TIMESTAMP")]
    [TestCase("\"2026-01-02 03:04:05.123456\"", "TIMESTAMP")]
    [TestCase("\"2026-01-02T03:04:05Z\"", "TIMESTAMP WITH TIME ZONE")]
    [TestCase("\"2026-01-02T03:04:05.5+02:00\"", "TIMESTAMP WITH TIME ZONE")]
    [TestCase("\"01/02/2026\"", "VARCHAR")]
    [TestCase("12345678901234567890", "DOUBLE")]
    [TestCase("[1]", "JSON")]
    public async Task DescribeAsync_WhenAValueLooksLikeAType_SaysWhichAndTheValueFitsIt(string value, string type)
    {
        _files.Write("jsonl", $"{{\"id\":1,\"v\":{value}}}\n");

        var description = await _files.Source.DescribeAsync(SheetBuilder.Table(table: LocalFiles.Table, itemIdColumn: "id"), CancellationToken.None);

        Assert.That(description.Value.Columns[1].Type, Is.EqualTo(type));
        Assert.That(await _files.RowsAsync(filter: "v IS NOT NULL"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ReadPagesAsync_WhenIdsAreNumbersOrFlags_NamesItemsByTheirDigits()
    {
        _files.Write("jsonl", "{\"id\":10}\n{\"id\":9}\n{\"id\":\"007\"}\n{\"id\":true}\n{\"id\":12345678901234567890123}\n");

        Assert.That((await _files.RowsAsync()).Keys, Is.EqualTo(new[] { "007", "10", "12345678901234567890123", "9", "true" }));
    }

    [TestCase("1.50", "numbers with a point")]
    [TestCase("1e3", "numbers with a point or an exponent")]
    [TestCase("-0", "numbers")]
    [TestCase("{\"a\":1}", "objects or arrays")]
    public async Task DescribeAsync_WhenIdsHaveNoOneText_IsRefused(string id, string reason)
    {
        _files.Write("jsonl", $"{{\"id\":1}}\n{{\"id\":{id}}}\n");

        var refusal = (await _files.Source.DescribeAsync(SheetBuilder.Table(table: LocalFiles.Table, itemIdColumn: "id"), CancellationToken.None)).Error!;

        Assert.That(refusal.Code, Is.EqualTo("item_id_missing"));
        Assert.That(refusal.Message, Does.Contain(reason));
    }

    [Test]
    public async Task ReadPagesAsync_WhenKeysAreOdd_ReadsAndFiltersByThem()
    {
        string[] names = ["a b", "A B", "we\"ird", "a/b~c", "$x", "/y", "", "é漢", "'; --", "json", "line", "t0", "0"];
        var line = System.Text.Json.JsonSerializer.Serialize(names.ToDictionary(name => name, name => $"<{name}>"));
        _files.Write("jsonl", $"{{\"id\":\"1\",{line[1..]}\n");

        var row = (await _files.RowsAsync(columns: names))["1"];

        Assert.That(names.Select(name => row[name]), Is.EqualTo(names.Select(name => $"<{name}>")));
        foreach (var name in names.Where(name => name.Length > 0))
        {
            var filter = $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\" = '<{name.Replace("'", "''", StringComparison.Ordinal)}>'";
            Assert.That(await _files.RowsAsync(filter: filter), Has.Count.EqualTo(1), filter);
        }
    }

    [Test]
    public async Task ReadPagesAsync_WhenTheFilterComparesTypes_SeesThem()
    {
        _files.Write("jsonl", """
            {"id":"1","score":0.35,"inspected_at":"2026-03-02","meta":{"line":"A"}}
            {"id":"2","score":0.5,"inspected_at":"2025-12-31","meta":{"line":"B"}}
            {"id":"3","score":1,"inspected_at":"2026-01-01"}
            {"id":"4"}
            """);

        Assert.That((await _files.RowsAsync(filter: "score >= 0.5")).Keys, Is.EqualTo(new[] { "2", "3" }));
        Assert.That((await _files.RowsAsync(filter: "inspected_at >= DATE '2026-01-01'")).Keys, Is.EqualTo(new[] { "1", "3" }));
        Assert.That((await _files.RowsAsync(filter: "meta ->> 'line' = 'A'")).Keys, Is.EqualTo(new[] { "1" }));
        Assert.That((await _files.RowsAsync(filter: "score IS NULL")).Keys, Is.EqualTo(new[] { "4" }));
    }

    [Test]
    public async Task ReadPagesAsync_WhenLinesEndAsWindowsEndsThem_ReadsThem()
    {
        _files.Write("jsonl", "{\"id\":\"1\"}\r\n \r\n{\"id\":\"2\"}\r\n");

        Assert.That((await _files.RowsAsync()).Keys, Is.EqualTo(new[] { "1", "2" }));
    }
}
