using Mirion.Generation.Infrastructure.IntegrationTests.Local.Sources;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sources;

/// <summary>Values of every type read the same from a Unity Catalog table as from Parquet on an embedded workspace.</summary>
[TestFixture]
public sealed class TypedTableTests
{
    private LocalFiles _files = null!;
    private DatabricksSources _sources = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _files = new LocalFiles();
        _sources = await DatabricksSources.StartAsync();
    }

    [TearDown]
    public void Clear() => _files.Clear();

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _files.DisposeAsync();
        await _sources.DisposeAsync();
    }

    // A value as DuckDB writes it, the same as Databricks does, and what it must read as.
    [TestCase("CAST(NULL AS INTEGER)", "CAST(NULL AS INT)", null)]
    [TestCase("true", "true", true)]
    [TestCase("CAST(-5 AS TINYINT)", "CAST(-5 AS TINYINT)", -5L)]
    [TestCase("CAST(300 AS SMALLINT)", "CAST(300 AS SMALLINT)", 300L)]
    [TestCase("CAST(70000 AS INTEGER)", "CAST(70000 AS INT)", 70000L)]
    [TestCase("9223372036854775807", "9223372036854775807", long.MaxValue)]
    [TestCase("CAST(0.1 AS DOUBLE)", "CAST('0.1' AS DOUBLE)", 0.1)]
    [TestCase("CAST(1e20 AS DOUBLE)", "CAST('1e20' AS DOUBLE)", 1e20)]
    [TestCase("CAST(0.1 AS FLOAT)", "CAST('0.1' AS FLOAT)", 0.1)]
    [TestCase("CAST('NaN' AS DOUBLE)", "CAST('NaN' AS DOUBLE)", "NaN")]
    [TestCase("CAST('Infinity' AS FLOAT)", "CAST('Infinity' AS FLOAT)", "Infinity")]
    [TestCase("CAST('-Infinity' AS DOUBLE)", "CAST('-Infinity' AS DOUBLE)", "-Infinity")]
    [TestCase("'007 é 😀 \"\\'", "'007 é 😀 \"\\\\'", "007 é 😀 \"\\")]
    [TestCase("'null'", "'null'", "null")]
    [TestCase("''", "''", "")]
    [TestCase("DATE '2026-01-02'", "DATE '2026-01-02'", "2026-01-02")]
    [TestCase("TIMESTAMP '2026-01-02 03:04:05'", "CAST('2026-01-02 03:04:05' AS TIMESTAMP_NTZ)", "2026-01-02T03:04:05")]
    [TestCase("TIMESTAMP '2026-01-02 03:04:05.5'", "CAST('2026-01-02 03:04:05.5' AS TIMESTAMP_NTZ)", "2026-01-02T03:04:05.500000")]
    [TestCase("TIMESTAMPTZ '2026-01-02 03:04:05+02'", "CAST('2026-01-02 03:04:05+02:00' AS TIMESTAMP)", "2026-01-02T01:04:05Z")]
    [TestCase("TIMESTAMPTZ '2026-01-02 03:04:05.25+02'", "CAST('2026-01-02 03:04:05.25+02:00' AS TIMESTAMP)", "2026-01-02T01:04:05.250000Z")]
    [TestCase("CAST('a\\xFFb' AS BLOB)", "X'61FF62'", "Yf9i")]
    public async Task ReadPagesAsync_WhateverTypeAColumnHas_GivesTheValueThatParquetHas(string duckDb, string databricks, object? expected)
    {
        var (parquet, delta) = await ReadBothAsync(duckDb, databricks);

        Assert.That((delta, delta?.GetType()), Is.EqualTo((expected, expected?.GetType())));
        Assert.That(delta, Is.EqualTo(parquet));
    }

    [TestCase("CAST(1.50 AS DECIMAL(10,2))", "1.50")]
    [TestCase("CAST(7 AS DECIMAL(20,0))", "7")]
    [TestCase("CAST(12345678901234567890.12345678 AS DECIMAL(38,8))", "12345678901234567890.12345678")]
    [TestCase("CAST('12345678901234567890123456789012345.678' AS DECIMAL(38,3))", "1.234567890123457E+34")]
    public async Task ReadPagesAsync_WhenAColumnIsDecimal_KeepsItsDigits(string expression, string expected)
    {
        var (parquet, delta) = await ReadBothAsync(expression, expression);

        Assert.That(FormattableString.Invariant($"{delta}"), Is.EqualTo(expected));
        Assert.That((delta, delta?.GetType()), Is.EqualTo((parquet, parquet?.GetType())));
    }

    [TestCase("[1, NULL, 3]", "array(1, NULL, 3)")]
    [TestCase("['a\"b', 'c,d', 'é😀']", "array('a\"b', 'c,d', 'é😀')")]
    [TestCase("[TIMESTAMPTZ '2026-01-02 03:04:05.25+02', NULL]", "array(CAST('2026-01-02 03:04:05.25+02:00' AS TIMESTAMP), NULL)")]
    [TestCase("[TIMESTAMP '2026-01-02 03:04:05']", "array(CAST('2026-01-02 03:04:05' AS TIMESTAMP_NTZ))")]
    [TestCase("{'price': CAST(1.50 AS DECIMAL(10,2)), 'day': DATE '2026-01-02', 'none': CAST(NULL AS VARCHAR)}", "named_struct('price', CAST(1.50 AS DECIMAL(10,2)), 'day', DATE '2026-01-02', 'none', CAST(NULL AS STRING))")]
    [TestCase("[{'inner': [TRUE], 'n': 0.25::DOUBLE}, NULL]", "array(named_struct('inner', array(TRUE), 'n', CAST('0.25' AS DOUBLE)), NULL)")]
    [TestCase("MAP {'k': 1, 'l': NULL}", "map('k', 1, 'l', NULL)")]
    [TestCase("MAP {7: ['x']}", "map(7, array('x'))")]
    [TestCase("[CAST('NaN' AS DOUBLE)]", "array(CAST('NaN' AS DOUBLE))")]
    [TestCase("CAST([] AS VARCHAR[])", "CAST(array() AS ARRAY<STRING>)")]
    [TestCase("CAST(NULL AS INTEGER[])", "CAST(NULL AS ARRAY<INT>)")]
    [TestCase("CAST('{\"a\": [1.50, \"x\", null]}' AS JSON)", "parse_json('{\"a\": [1.50, \"x\", null]}')")]
    [TestCase("CAST('\"text\"' AS JSON)", "parse_json('\"text\"')")]
    public async Task ReadPagesAsync_WhenAColumnIsNested_GivesTheValueThatParquetHas(string duckDb, string databricks)
    {
        var (parquet, delta) = await ReadBothAsync(duckDb, databricks);

        Assert.That(delta, Is.EqualTo(parquet));
    }

    [TestCase("CAST(9 AS INTEGER)", "CAST(9 AS INT)", "9")]
    [TestCase("'007'", "'007'", "007")]
    [TestCase("CAST(1.50 AS DECIMAL(10,2))", "CAST(1.50 AS DECIMAL(10,2))", "1.50")]
    [TestCase("DATE '2026-01-02'", "DATE '2026-01-02'", "2026-01-02")]
    [TestCase("TIMESTAMPTZ '2026-01-02 03:04:05.5+00'", "CAST('2026-01-02 03:04:05.5Z' AS TIMESTAMP)", "2026-01-02T03:04:05.500000Z")]
    [TestCase("TIMESTAMP '2026-01-02 03:04:05'", "CAST('2026-01-02 03:04:05' AS TIMESTAMP_NTZ)", "2026-01-02T03:04:05")]
    [TestCase("true", "true", "true")]
    [TestCase("CAST('a\\xFFb' AS BLOB)", "X'61FF62'", "Yf9i")]
    public async Task ReadPagesAsync_WhateverTypeTheIdHas_NamesTheItemByItsText(string duckDb, string databricks, string expected)
    {
        await _files.WriteParquetAsync($"SELECT {duckDb} AS id");
        await _sources.WriteAsync($"SELECT {databricks} AS id");

        Assert.That((await _sources.RowsAsync()).Keys, Is.EqualTo(new[] { expected }));
        Assert.That((await _files.RowsAsync()).Keys, Is.EqualTo(new[] { expected }));
        var found = await _sources.Source.ReadItemsAsync(
            SheetBuilder.Table(table: DatabricksSources.Table, itemIdColumn: "id"), [], [new Domain.Sheets.ItemRef(expected)], CancellationToken.None);
        Assert.That(found, Has.Count.EqualTo(1));
    }

    [TestCase("CAST('0.5' AS DOUBLE)")]
    [TestCase("CAST('0.5' AS FLOAT)")]
    [TestCase("array(1)")]
    [TestCase("named_struct('a', 1)")]
    [TestCase("map('a', 1)")]
    [TestCase("parse_json('1')")]
    public async Task DescribeAsync_WhenTheIdHasNoOneText_IsRefused(string expression)
    {
        await _sources.WriteAsync($"SELECT {expression} AS id");

        var refusal = (await _sources.Source.DescribeAsync(SheetBuilder.Table(table: DatabricksSources.Table, itemIdColumn: "id"), CancellationToken.None)).Error!;

        Assert.That(refusal.Code, Is.EqualTo("item_id_missing"));
        Assert.That(refusal.Message, Does.Contain("cannot name items"));
    }

    [Test]
    public async Task ReadPagesAsync_WhenColumnsHaveOddNames_ReadsAndFiltersByThem()
    {
        await _sources.WriteAsync("SELECT '1' AS `The Id`, 5 AS `a``b`, named_struct('x y', 7) AS `naïve 漢`, 1 AS c0, 2 AS t1, 3 AS ref, 4 AS v0");

        var row = (await _sources.RowsAsync("The Id", "\"a`b\" = 5 AND \"naïve 漢\".\"x y\" = 7 AND C0 = 1 AND ref = 3", "a`b", "naïve 漢", "c0", "t1", "ref", "v0"))["1"];

        Assert.That(new[] { row["a`b"], row["c0"], row["t1"], row["ref"], row["v0"] }, Is.EqualTo(new object[] { 5L, 1L, 2L, 3L, 4L }));
        Assert.That(row["naïve 漢"], Is.EqualTo(new Dictionary<string, object?> { ["x y"] = 7L }));
    }

    private async Task<(object? Parquet, object? Delta)> ReadBothAsync(string duckDb, string databricks)
    {
        await _files.WriteParquetAsync($"SELECT '1' AS id, {duckDb} AS v");
        await _sources.WriteAsync($"SELECT '1' AS id, {databricks} AS v");
        return ((await _files.RowsAsync(columns: ["v"]))["1"]["v"], (await _sources.RowsAsync(columns: ["v"]))["1"]["v"]);
    }
}
