namespace Mirion.Generation.Infrastructure.IntegrationTests.FakeDatabricks;

/// <summary>Expressions as a SQL warehouse computes them, where another engine would differ above all.</summary>
[TestFixture]
public sealed class SqlExpressionTests : SharedSqlFixture
{
    [TestCase("'a' 'b'", "ab")]
    [TestCase("\"text\"", "text")]
    [TestCase(@"'it\'s \u00e9 \n'", "it's é \n")]
    [TestCase(@"r'C:\new'", @"C:\new")]
    [TestCase("1 + 2 * 3", "7")]
    [TestCase("7 / 2", "3.5")]
    [TestCase("7 DIV 2", "3")]
    [TestCase("-7 % 4", "-3")]
    [TestCase("1.50", "1.50")]
    [TestCase("CAST(1.7 AS INT)", "1")]
    [TestCase("CAST(' 12 ' AS BIGINT)", "12")]
    [TestCase("CAST(9007199254740993 AS STRING)", "9007199254740993")]
    [TestCase("'12'::INT", "12")]
    [TestCase("TRY_CAST('x' AS INT)", null)]
    [TestCase("CAST(true AS STRING)", "true")]
    [TestCase("CAST(1e20 AS STRING)", "1.0E20")]
    [TestCase("CAST(0.1D AS STRING)", "0.1")]
    [TestCase("1e3", "1000.0")]
    [TestCase("12345678.5D", "1.23456785E7")]
    [TestCase("CAST(TIMESTAMP '2026-01-02 03:04:05.120' AS STRING)", "2026-01-02 03:04:05.12")]
    [TestCase("TIMESTAMP '2026-01-02T03:04:05.123456+02:00'", "2026-01-02T01:04:05.123Z")]
    [TestCase("unix_micros(TIMESTAMP '2026-01-02 03:04:05.123456')", "1767323045123456")]
    [TestCase("date_format(TIMESTAMP '2026-01-02 03:04:05.123456', \"yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'\")", "2026-01-02T03:04:05.123456Z")]
    [TestCase("DATE '2026-01-02'", "2026-01-02")]
    [TestCase("datediff(DATE '2026-01-03', DATE '2026-01-01')", "2")]
    [TestCase("DATE '2026-01-02' + INTERVAL 1 DAY > DATE '2026-01-02'", "true")]
    [TestCase("base64('abc')", "YWJj")]
    [TestCase("CAST(unbase64('YWJj') AS STRING)", "abc")]
    [TestCase("unbase64('YWJj')", "YWJj")]
    [TestCase("md5('abc')", "900150983cd24fb0d6963f7d28e17f72")]
    [TestCase("concat('a', NULL)", null)]
    [TestCase("concat('a', 'b', 'c')", "abc")]
    [TestCase("coalesce(NULL, 'x')", "x")]
    [TestCase("if(1 = 1, 'y', 'n')", "y")]
    [TestCase("CASE WHEN 1 > 2 THEN 'a' ELSE 'b' END", "b")]
    [TestCase("CASE 3 WHEN 3 THEN 'three' END", "three")]
    [TestCase("substring('abcdef', 2, 3)", "bcd")]
    [TestCase("substring('abcdef', 0, 2)", "ab")]
    [TestCase("trim(lower('  ABC '))", "abc")]
    [TestCase("btrim('xxaxx', 'x')", "a")]
    [TestCase("ltrim('x', 'xxax')", "ax")]
    [TestCase("TRIM(TRAILING 'x' FROM 'xax')", "xa")]
    [TestCase("length('aé😀')", "3")]
    [TestCase("'abc' LIKE 'a%'", "true")]
    [TestCase(@"'a%c' LIKE 'a\%c'", "true")]
    [TestCase(@"'abc' LIKE 'a\%c'", "false")]
    [TestCase("'abc' RLIKE 'b.'", "true")]
    [TestCase("regexp_like('abc', '^b')", "false")]
    [TestCase("NOT 'abc' LIKE 'a%' OR 'x' IN ('x', 'y')", "true")]
    [TestCase("2 NOT BETWEEN 3 AND 4 AND NULL <=> NULL", "true")]
    [TestCase("array('a', 'b')[0]", "a")]
    [TestCase("map('k', 'v')['k']", "v")]
    [TestCase("array_contains(array('a', 'b'), 'b')", "true")]
    [TestCase("named_struct('a', 1).a", "1")]
    [TestCase("array('a', NULL)", """["a",null]""")]
    [TestCase("array(1, 2)", """["1","2"]""")]
    [TestCase("named_struct('a', 1, 'b', NULL)", """{"a":"1","b":null}""")]
    [TestCase("to_json(array(1, NULL))", "[1,null]")]
    [TestCase("to_json(named_struct('a', 1.50, 'b', NULL, 'c', TIMESTAMP '2026-01-02 03:04:05'))", """{"a":1.50,"c":"2026-01-02T03:04:05.000Z"}""")]
    [TestCase("to_json(map('k', true))", """{"k":true}""")]
    [TestCase("to_json(from_json('[\"a\",\"b\"]', 'ARRAY<STRING>'))", """["a","b"]""")]
    [TestCase("to_json(from_json('{\"a\":1,\"b\":{\"c\":2}}', 'a INT, b STRING'))", """{"a":1,"b":"{\"c\":2}"}""")]
    [TestCase("from_json('[1', 'ARRAY<STRING>')", null)]
    [TestCase("typeof(array(1))", "array<int>")]
    public async Task Expression_WhenComputed_IsWhatAWarehouseSays(string expression, string? cell) =>
        Assert.That(await Sql.CellAsync($"SELECT {expression}"), Is.EqualTo(cell));

    [TestCase("""{"b": 1, "a": [1.10, 2.0, 1e3, -0.50]}""", """{"a":[1.1,2,1000.0,-0.5],"b":1}""")]
    [TestCase("\"\\u00e9\\/\"", "\"é/\"")]
    [TestCase("null", "null")]
    [TestCase("123456789012345678901234567890.50", "123456789012345678901234567890.5")]
    public async Task Variant_WhenReadBack_IsNotTheTextThatWentIn(string json, string back)
    {
        var parameters = SqlCalls.Parameters(("json", json, "STRING"));

        Assert.That(await Sql.CellAsync("SELECT to_json(parse_json(:json))", parameters), Is.EqualTo(back));
        Assert.That(await Sql.CellAsync("SELECT parse_json(:json)", parameters), Is.EqualTo(back));
    }

    [Test]
    public async Task Variant_WhenPathIsTaken_IsTheMember()
    {
        const string Variant = """parse_json('{"a":{"b":["x",2]}}')""";

        Assert.That(await Sql.CellAsync($"SELECT {Variant}:a.b[0]::STRING"), Is.EqualTo("x"));
        Assert.That(await Sql.CellAsync($"SELECT {Variant}:a.b[1]::INT"), Is.EqualTo("2"));
        Assert.That(await Sql.CellAsync($"SELECT CAST({Variant}:a.b AS STRING)"), Is.EqualTo("""["x",2]"""));
        Assert.That(await Sql.CellAsync("SELECT try_parse_json('{') IS NULL"), Is.EqualTo("true"));
    }

    [Test]
    public async Task Parameter_WhenTyped_HasItsType()
    {
        var parameters = SqlCalls.Parameters(("s", "it's \0 ?$1", "STRING"), ("n", "5", "INT"), ("t", "2026-01-02T03:04:05.123456Z", "TIMESTAMP"), ("z", null, "STRING"), ("d", "1.5", "DECIMAL(10,2)"));

        var row = (await Sql.RowsAsync("SELECT :s, :n + 1, unix_micros(:t), :z, :d, length(:s) -- :nothing", parameters))[0];

        Assert.That(row, Is.EqualTo(new[] { "it's \0 ?$1", "6", "1767323045123456", null, "1.50", "10" }));
    }

    [Test]
    public async Task List_WhenExploded_IsASubquery()
    {
        var rows = await Sql.RowsAsync(
            "SELECT x FROM VALUES ('a'), ('b'), ('c') AS v(x) WHERE x IN (SELECT explode(from_json(:list, 'ARRAY<STRING>'))) ORDER BY x",
            SqlCalls.Parameters(("list", """["c","a","z"]""", "STRING")));

        Assert.That(rows.Select(row => row[0]), Is.EqualTo(new[] { "a", "c" }));
    }

    [Test]
    public async Task Rows_WhenInlined_HaveTheFieldsAsColumns() =>
        Assert.That(
            await Sql.RowsAsync("SELECT s.id, s.name FROM inline(from_json('[{\"id\":2,\"name\":\"b\"},{\"id\":1}]', 'ARRAY<STRUCT<id: INT, name: STRING>>')) AS s ORDER BY id"),
            Is.EqualTo(new[] { new[] { "1", null }, new[] { "2", "b" } }));

    [Test]
    public async Task Order_WhenThereAreNulls_PutsThemFirst() =>
        Assert.That((await Sql.RowsAsync("SELECT x FROM VALUES (2), (NULL), (1) AS v(x) ORDER BY x")).Select(row => row[0]), Is.EqualTo(new[] { null, "1", "2" }));

    [Test]
    public async Task Aggregates_WhenGrouped_Count() =>
        Assert.That(
            await Sql.RowsAsync("SELECT k, count(*), count(DISTINCT n), sum(n), to_json(collect_list(n)) FROM VALUES ('a', 1), ('a', NULL), ('b', 2) AS v(k, n) GROUP BY k HAVING count(*) > 0 ORDER BY k"),
            Is.EqualTo(new[] { new[] { "a", "2", "1", "1", "[1]" }, new[] { "b", "1", "1", "2", "[2]" } }));

    [Test]
    public async Task Query_WhenItHasCommonTables_ReadsThem() =>
        Assert.That(
            await Sql.CellAsync("WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT b.y FROM b JOIN a ON b.y = a.x + 1 WHERE EXISTS (SELECT 1 FROM a)"), Is.EqualTo("2"));
}
