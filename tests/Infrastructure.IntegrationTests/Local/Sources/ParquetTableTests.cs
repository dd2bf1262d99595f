using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local.Sources;

[TestFixture]
public sealed class ParquetTableTests
{
    private LocalFiles _files = null!;

    [OneTimeSetUp]
    public void Start() => _files = new LocalFiles();

    [TearDown]
    public void Clear() => _files.Clear();

    [OneTimeTearDown]
    public async Task StopAsync() => await _files.DisposeAsync();

    [TestCase("CAST(NULL AS INTEGER)", null)]
    [TestCase("true", true)]
    [TestCase("CAST(-5 AS TINYINT)", -5L)]
    [TestCase("CAST(65535 AS USMALLINT)", 65535L)]
    [TestCase("CAST(4294967295 AS UINTEGER)", 4294967295L)]
    [TestCase("9223372036854775807", long.MaxValue)]
    [TestCase("CAST(7 AS UBIGINT)", 7L)]
    [TestCase("CAST(0.1 AS DOUBLE)", 0.1)]
    [TestCase("CAST(0.1 AS FLOAT)", 0.1)]
    [TestCase("CAST('NaN' AS DOUBLE)", "NaN")]
    [TestCase("CAST('Infinity' AS FLOAT)", "Infinity")]
    [TestCase("CAST('-Infinity' AS DOUBLE)", "-Infinity")]
    [TestCase("'007 é 😀'", "007 é 😀")]
    [TestCase("''", "")]
    [TestCase("DATE '2026-01-02'", "2026-01-02")]
    [TestCase("TIMESTAMP '2026-01-02 03:04:05'", "2026-01-02T03:04:05")]
    [TestCase("TIMESTAMP '2026-01-02 03:04:05.5'", "2026-01-02T03:04:05.500000")]
    [TestCase("TIMESTAMP_NS '2026-01-02 03:04:05.123456789'", "2026-01-02T03:04:05.123456789")]
    [TestCase("TIMESTAMP_NS '2026-01-02 03:04:05'", "2026-01-02T03:04:05")]
    [TestCase("TIMESTAMP 'infinity'", "infinity")]
    [TestCase("TIMESTAMPTZ '2026-01-02 03:04:05+02'", "2026-01-02T01:04:05Z")]
    [TestCase("TIMESTAMPTZ '2026-01-02 03:04:05.25+02'", "2026-01-02T01:04:05.250000Z")]
    [TestCase("TIME '10:00:00'", "10:00:00")]
    [TestCase("CAST('a\\xFFb' AS BLOB)", "Yf9i")]
    [TestCase("CAST('6b0e1b8e-0c5f-4c61-8a39-0a5d4c2f1e10' AS UUID)", "6b0e1b8e-0c5f-4c61-8a39-0a5d4c2f1e10")]
    [TestCase("CAST('x' AS ENUM('x', 'y (z'))", "x")]
    [TestCase("INTERVAL '1 day'", "1 day")]
    public async Task ReadPagesAsync_WhateverTypeAColumnHas_GivesItsValue(string expression, object? expected)
    {
        await _files.WriteParquetAsync($"SELECT '1' AS id, {expression} AS v");

        var value = (await _files.RowsAsync(columns: ["v"]))["1"]["v"];

        Assert.That((value, value?.GetType()), Is.EqualTo((expected, expected?.GetType())));
    }

    [TestCase("CAST(1.50 AS DECIMAL(10,2))", "1.50")]
    [TestCase("CAST(18446744073709551615 AS UBIGINT)", "18446744073709551615")]
    [TestCase("CAST(12345678901234567890.12345678 AS DECIMAL(38,8))", "12345678901234567890.12345678")]
    [TestCase("CAST(-0.00 AS DECIMAL(5,2))", "0.00")]
    public async Task ReadPagesAsync_WhenAColumnIsDecimal_KeepsItsScale(string expression, string expected)
    {
        await _files.WriteParquetAsync($"SELECT '1' AS id, {expression} AS v");

        var value = (await _files.RowsAsync(columns: ["v"]))["1"]["v"];

        Assert.That(value, Is.TypeOf<decimal>());
        Assert.That(((decimal)value!).ToString(System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(expected));
    }

    [Test]
    public async Task ReadPagesAsync_WhenADecimalIsTooLong_IsTheNearestDouble()
    {
        await _files.WriteParquetAsync("SELECT '1' AS id, CAST('12345678901234567890123456789012345.678' AS DECIMAL(38,3)) AS v");

        Assert.That((await _files.RowsAsync(columns: ["v"]))["1"]["v"], Is.EqualTo(12345678901234567890123456789012345.678));
    }

    [Test]
    public async Task ReadPagesAsync_WhenAColumnIsNested_KeepsItsShapeAndItsValues()
    {
        await _files.WriteParquetAsync("""
            SELECT '1' AS id,
                [1, NULL, 3] AS list,
                {'price': CAST(1.50 AS DECIMAL(10,2)), 'b c': DATE '2026-01-02', 'when': TIMESTAMPTZ '2026-01-02 03:04:05+02', 'say "hi"': NULL} AS struct,
                MAP {'k': CAST('NaN' AS DOUBLE), 'l': 0.25, 'm': NULL} AS map,
                MAP {7: ['x']} AS keyed,
                [{'inner': [TRUE]}, NULL] AS deep,
                CAST([] AS VARCHAR[]) AS empty,
                CAST(NULL AS INTEGER[]) AS nothing,
                CAST('{"a": [1.50, "x"]}' AS JSON) AS json,
                ['a"b', 'c,d', 'e]'] AS text
            """);

        var row = (await _files.RowsAsync(columns: ["list", "struct", "map", "keyed", "deep", "empty", "nothing", "json", "text"]))["1"];

        Assert.That(row["list"], Is.EqualTo(new object?[] { 1L, null, 3L }));
        Assert.That(row["struct"], Is.EqualTo(new Dictionary<string, object?>
        {
            ["price"] = 1.50m,
            ["b c"] = "2026-01-02",
            ["when"] = "2026-01-02T01:04:05Z",
            ["say \"hi\""] = null,
        }));
        Assert.That(((decimal)((IReadOnlyDictionary<string, object?>)row["struct"]!)["price"]!).Scale, Is.EqualTo(2));
        Assert.That(row["map"], Is.EqualTo(new Dictionary<string, object?> { ["k"] = "NaN", ["l"] = 0.25m, ["m"] = null }));
        Assert.That(row["keyed"], Is.EqualTo(new Dictionary<string, object?> { ["7"] = new object[] { "x" } }));
        Assert.That(row["deep"], Is.EqualTo(new object?[] { new Dictionary<string, object?> { ["inner"] = new object[] { true } }, null }));
        Assert.That(row["empty"], Is.Empty);
        Assert.That(row["nothing"], Is.Null);
        Assert.That(row["json"], Is.EqualTo(new Dictionary<string, object?> { ["a"] = new object[] { 1.50m, "x" } }));
        Assert.That(row["text"], Is.EqualTo(new object[] { "a\"b", "c,d", "e]" }));
    }

    [TestCase("CAST(9 AS INTEGER)", "9")]
    [TestCase("'007'", "007")]
    [TestCase("CAST(1.50 AS DECIMAL(10,2))", "1.50")]
    [TestCase("DATE '2026-01-02'", "2026-01-02")]
    [TestCase("TIMESTAMP '2026-01-02 03:04:05'", "2026-01-02T03:04:05")]
    [TestCase("CAST('6b0e1b8e-0c5f-4c61-8a39-0a5d4c2f1e10' AS UUID)", "6b0e1b8e-0c5f-4c61-8a39-0a5d4c2f1e10")]
    public async Task ReadPagesAsync_WhateverTypeTheIdHas_NamesTheItemByItsText(string expression, string expected)
    {
        await _files.WriteParquetAsync($"SELECT {expression} AS id");

        Assert.That((await _files.RowsAsync()).Keys, Is.EqualTo(new[] { expected }));
        var found = await _files.Source.ReadItemsAsync(
            SheetBuilder.Table(table: LocalFiles.Table, itemIdColumn: "id"), [], [new Domain.Sheets.ItemRef(expected)], CancellationToken.None);
        Assert.That(found, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ReadPagesAsync_WhenColumnsHaveOddNames_ReadsAndFiltersByThem()
    {
        await _files.WriteParquetAsync("SELECT '1' AS \"The Id\", 5 AS \"a\"\"b\", {'x y': 7} AS \"naïve 漢\", 1 AS c0, 2 AS t1, 3 AS ref");

        var row = (await _files.RowsAsync("The Id", "\"a\"\"b\" = 5 AND \"naïve 漢\".\"x y\" = 7 AND C0 = 1", "a\"b", "naïve 漢", "c0", "t1", "ref"))["1"];

        Assert.That(row["a\"b"], Is.EqualTo(5L));
        Assert.That(new[] { row["c0"], row["t1"], row["ref"] }, Is.EqualTo(new object[] { 1L, 2L, 3L }));
    }

    [Test]
    public async Task ReadPagesAsync_WhenTheFilterComparesTypes_SeesThem()
    {
        await _files.WriteParquetAsync("SELECT CAST(i AS VARCHAR) AS id, i / 10.0 AS score, DATE '2026-01-01' + CAST(i AS INTEGER) AS inspected_at, [i] AS list FROM range(10) AS t(i)");

        Assert.That((await _files.RowsAsync(filter: "score BETWEEN 0.2 AND 0.4 AND inspected_at > DATE '2026-01-03'")).Keys, Is.EqualTo(new[] { "3", "4" }));
        Assert.That((await _files.RowsAsync(filter: "list_contains(list, 7)")).Keys, Is.EqualTo(new[] { "7" }));
    }

    [Test]
    public async Task DescribeAsync_WhenTheTableLiesInAFolderThatLooksLikeAPartition_HasNoColumnOfIt()
    {
        await _files.WriteParquetAsync("SELECT '1' AS id", "year=2026.quality.inspections");

        var description = await _files.Source.DescribeAsync(SheetBuilder.Table(table: "year=2026.quality.inspections", itemIdColumn: "id"), CancellationToken.None);

        Assert.That(description.Value.Names, Is.EqualTo(new[] { "id" }));
    }
}
