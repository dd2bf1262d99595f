using System.Text;
using System.Text.Json;
using Mirion.Generation.FakeDatabricks.Sql;

namespace Mirion.Generation.Infrastructure.IntegrationTests.FakeDatabricks;

/// <summary>Tables: how they are made, written, merged, described and refused.</summary>
[TestFixture]
public sealed class SqlTableTests : SqlFixture
{
    private const string Create = """
        CREATE TABLE IF NOT EXISTS `main`.`mirion`.`pairs` (
          `id` STRING NOT NULL COMMENT 'what it is',
          `n` INT, `big` BIGINT, `ok` BOOLEAN, `at` TIMESTAMP, `data` VARIANT COMMENT 'it\'s JSON', `uses` ARRAY<STRING>,
          `price` DECIMAL(10,2), `m` MAP<STRING, INT>, `s` STRUCT<a: INT, `b c`: STRING>, `raw` BINARY, `d` DATE, `x` DOUBLE)
        USING DELTA CLUSTER BY (`id`) COMMENT 'pairs of it' TBLPROPERTIES ('mirion.version' = '1')
        """;

    [Test]
    public async Task Table_WhenMade_IsInTheCatalog()
    {
        var reply = await Sql.RunAsync(Create);
        await Sql.RunAsync(Create);
        await Sql.RunAsync("COMMENT ON COLUMN main.mirion.pairs.n IS 'a number'");
        await Sql.RunAsync("ALTER TABLE main.mirion.pairs ADD COLUMNS (`more` STRING COMMENT 'later')");

        var table = (await Api.GetAsync("/api/2.1/unity-catalog/tables/main.mirion.pairs")).Json;
        var columns = table.GetProperty("columns").EnumerateArray().ToDictionary(column => column.GetProperty("name").GetString()!);
        Assert.That(reply.GetProperty("manifest").GetProperty("schema").GetRawText(), Is.EqualTo("""{"column_count":0}"""));
        Assert.That(reply.GetProperty("manifest").GetProperty("total_chunk_count").GetInt32(), Is.Zero);
        Assert.That(reply.GetProperty("result").GetRawText(), Is.EqualTo("{}"));
        Assert.That(table.GetProperty("comment").GetString(), Is.EqualTo("pairs of it"));
        Assert.That(table.GetProperty("properties").GetRawText(), Is.EqualTo("""{"mirion.version":"1"}"""));
        Assert.That(columns["id"].GetRawText(), Is.EqualTo("""{"name":"id","type_text":"string","type_name":"STRING","position":0,"nullable":false,"comment":"what it is"}"""));
        Assert.That(columns["n"].GetProperty("comment").GetString(), Is.EqualTo("a number"));
        Assert.That(columns["data"].GetProperty("comment").GetString(), Is.EqualTo("it's JSON"));
        Assert.That(
            columns.Values.Select(column => $"{column.GetProperty("type_name").GetString()} {column.GetProperty("type_text").GetString()}"),
            Is.EqualTo(new[]
            {
                "STRING string", "INT int", "LONG bigint", "BOOLEAN boolean", "TIMESTAMP timestamp", "VARIANT variant", "ARRAY array<string>", "DECIMAL decimal(10,2)", "MAP map<string, int>",
                "STRUCT struct<a: int, b c: string>", "BINARY binary", "DATE date", "DOUBLE double", "STRING string",
            }));
    }

    [Test]
    public async Task Catalog_WhenAskedForNothing_SaysSo()
    {
        var missing = await Api.GetAsync("/api/2.1/unity-catalog/tables/main.mirion.nothing");

        Assert.That(missing.Status, Is.EqualTo(404));
        Assert.That(missing.Json.GetProperty("message").GetString(), Is.EqualTo("Table 'main.mirion.nothing' does not exist."));
        Assert.That((await Api.GetAsync("/api/2.1/unity-catalog/tables/main.mirion.nothing/exists")).Body, Is.EqualTo("""{"table_exists":false}"""));
        Assert.That((await Api.GetAsync("/api/2.1/unity-catalog/volumes/main.mirion.staging")).Json.GetProperty("volume_type").GetString(), Is.EqualTo("MANAGED"));
        Assert.That((await Api.GetAsync("/api/2.1/unity-catalog/volumes/main.mirion.nothing")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Rows_WhenWritten_AreCounted()
    {
        await Sql.RunAsync("CREATE TABLE main.mirion.t (id STRING NOT NULL, n BIGINT)");

        var inserted = await Sql.RunAsync("INSERT INTO main.mirion.t (id, n) VALUES ('a', 1), ('b', 2), ('c', NULL)");
        var updated = await Sql.RowsAsync("UPDATE main.mirion.t SET n = n + 1 WHERE id IN ('a', 'b')");
        var deleted = await Sql.RowsAsync("DELETE FROM main.mirion.t WHERE `ID` = 'c'");
        var left = await Sql.RowsAsync("SELECT * FROM t ORDER BY id", ("schema", "mirion"), ("catalog", "main"));

        Assert.That(Names(inserted), Is.EqualTo(new[] { "num_affected_rows:LONG", "num_inserted_rows:LONG" }));
        Assert.That(inserted.GetProperty("result").GetProperty("data_array").GetRawText(), Is.EqualTo("""[["3","3"]]"""));
        Assert.That(updated, Is.EqualTo(new[] { new[] { "2" } }));
        Assert.That(deleted, Is.EqualTo(new[] { new[] { "1" } }));
        Assert.That(left, Is.EqualTo(new[] { new[] { "a", "2" }, new[] { "b", "3" } }));
    }

    [Test]
    public async Task Merge_WhenRowsMatchAndDoNot_UpdatesAndInserts()
    {
        await Sql.RunAsync("CREATE TABLE main.mirion.t (id STRING NOT NULL, n BIGINT, v VARIANT)");
        await Sql.RunAsync("INSERT INTO main.mirion.t VALUES ('a', 1, NULL), ('gone', 9, NULL)");

        var merged = await Sql.RunAsync("""
            MERGE INTO `main`.`mirion`.`t` AS t
            USING (SELECT 'a' AS id, 5 AS n, '{"b":1,"a":1.0}' AS v UNION ALL SELECT 'b', 6, '[]' UNION ALL SELECT 'gone', 0, 'null') AS s ON t.id = s.id
            WHEN MATCHED AND s.n = 0 THEN DELETE
            WHEN MATCHED THEN UPDATE SET n = s.n, t.v = parse_json(s.v)
            WHEN NOT MATCHED THEN INSERT (id, n, v) VALUES (s.id, s.n, parse_json(s.v))
            """);

        Assert.That(Names(merged), Is.EqualTo(new[] { "num_affected_rows:LONG", "num_updated_rows:LONG", "num_deleted_rows:LONG", "num_inserted_rows:LONG" }));
        Assert.That(merged.GetProperty("result").GetProperty("data_array").GetRawText(), Is.EqualTo("""[["3","1","1","1"]]"""));
        Assert.That(await Sql.RowsAsync("SELECT id, n, to_json(v) FROM main.mirion.t ORDER BY id"), Is.EqualTo(new[] { new[] { "a", "5", """{"a":1,"b":1}""" }, new[] { "b", "6", "[]" } }));
    }

    [Test]
    public async Task Merge_WhenStarred_TakesColumnsByName()
    {
        await Sql.RunAsync("CREATE TABLE main.mirion.t (id STRING NOT NULL, n BIGINT)");
        const string Merge = "MERGE INTO main.mirion.t AS t USING (SELECT 7 AS n, 'a' AS id) AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *";

        await Sql.RunAsync(Merge);
        await Sql.RunAsync(Merge);

        Assert.That(await Sql.RowsAsync("SELECT * FROM main.mirion.t"), Is.EqualTo(new[] { new[] { "a", "7" } }));
    }

    [Test]
    public async Task Merge_WhenTwoRowsMatchOne_FailsAndChangesNothing()
    {
        await Sql.RunAsync("CREATE TABLE main.mirion.t (id STRING, n INT)");
        await Sql.RunAsync("INSERT INTO main.mirion.t VALUES ('a', 1)");

        var (_, message, _) = await Sql.FailAsync(
            "MERGE INTO main.mirion.t AS t USING (SELECT 'a' AS id, 2 AS n UNION ALL SELECT 'a', 3) AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = s.n WHEN NOT MATCHED THEN INSERT *");

        Assert.That(message, Does.StartWith("[DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE]"));
        Assert.That(await Sql.CellAsync("SELECT n FROM main.mirion.t"), Is.EqualTo("1"));
    }

    [Test]
    public async Task Files_WhenMerged_AreRowsByTheSchema()
    {
        await Sql.RunAsync("CREATE TABLE main.mirion.t (id STRING, n BIGINT, v VARIANT, uses ARRAY<STRING>, at TIMESTAMP, nested STRING)");
        await Workspace.PlaceFileAsync("/Volumes/main/mirion/staging/part.json", """
            {"id":"a\u0000é","n":5,"v":{"z":1,"a":1.50},"uses":["x","y"],"at":"2026-01-02T03:04:05.123456Z","nested":{"k":[1]},"other":1}

            {"id":"b","n":"x","v":null,"uses":null}
            no JSON
            """u8.ToArray());

        await Sql.RunAsync("""
            MERGE INTO main.mirion.t AS t USING (
              SELECT id, n, v, uses, at, nested FROM read_files('/Volumes/main/mirion/staging/part.json', format => 'json',
                schema => 'id STRING, n BIGINT, v VARIANT, uses ARRAY<STRING>, at TIMESTAMP, nested STRING') WHERE id IS NOT NULL) AS s
            ON t.id = s.id WHEN NOT MATCHED THEN INSERT *
            """);

        Assert.That(
            await Sql.RowsAsync("SELECT id, n, to_json(v), to_json(uses), unix_micros(at), nested FROM main.mirion.t ORDER BY id"),
            Is.EqualTo(new[] { new[] { "a\0é", "5", """{"a":1.5,"z":1}""", """["x","y"]""", "1767323045123456", """{"k":[1]}""" }, new[] { "b", null, "null", null, null, null } }));
    }

    [TestCase("no JSON")]
    [TestCase("""{"id":"b","n":"5"}""")]
    [TestCase("""{"id":"b","n":1.0}""")]
    [TestCase("""{"id":"b","uses":"x"}""")]
    public async Task Files_WhenReadFailFast_FailOnWhatDoesNotFit(string line)
    {
        const string Read = "SELECT * FROM read_files('/Volumes/main/mirion/staging/part.json', format => 'json', schema => 'id STRING, n BIGINT, uses ARRAY<STRING>', mode => 'FAILFAST')";
        await Workspace.PlaceFileAsync("/Volumes/main/mirion/staging/part.json", "{\"id\":\"a\",\"n\":1,\"uses\":[]}"u8.ToArray());
        Assert.That(await Sql.RowsAsync(Read), Is.EqualTo(new[] { new[] { "a", "1", "[]" } }));

        await Workspace.PlaceFileAsync("/Volumes/main/mirion/staging/part.json", Encoding.UTF8.GetBytes(line));

        Assert.That((await Sql.FailAsync(Read)).Message, Does.StartWith("[MALFORMED_RECORD_IN_PARSING"));
    }

    [Test]
    public async Task Descriptions_WhenSimple_AreAnswered()
    {
        await Sql.RunAsync("CREATE TABLE main.mirion.t (id STRING COMMENT 'it', n ARRAY<INT>)");

        Assert.That(await Sql.RowsAsync("DESCRIBE TABLE main.mirion.t"), Is.EqualTo(new[] { new[] { "id", "string", "it" }, new[] { "n", "array<int>", null } }));
        Assert.That(await Sql.RowsAsync("SHOW TABLES IN main.mirion"), Is.EqualTo(new[] { new[] { "mirion", "t", "false" } }));
        Assert.That(await Sql.RowsAsync("SHOW SCHEMAS IN main"), Is.EqualTo(new[] { new[] { "default" }, ["mirion"] }));
        Assert.That(await Sql.RowsAsync("SHOW CATALOGS"), Is.EqualTo(new[] { new[] { "main" } }));
    }

    [Test]
    public async Task Tables_WhenDropped_AreGone()
    {
        await Sql.RunAsync("CREATE SCHEMA main.other");
        await Sql.RunAsync("CREATE TABLE main.other.t AS SELECT 1 AS n");
        await Sql.RunAsync("CREATE VIEW main.other.v AS SELECT n + 1 AS m FROM main.other.t");
        Assert.That(await Sql.CellAsync("SELECT m FROM main.other.v"), Is.EqualTo("2"));

        await Sql.RunAsync("DROP VIEW main.other.v");
        await Sql.RunAsync("DROP TABLE IF EXISTS main.other.t");
        await Sql.RunAsync("DROP TABLE IF EXISTS main.other.t");

        Assert.That((await Sql.FailAsync("SELECT 1 FROM main.other.t")).SqlState, Is.EqualTo("42P01"));
        Assert.That((await Sql.FailAsync("DROP TABLE main.other.t")).SqlState, Is.EqualTo("42P01"));
        await Sql.RunAsync("DROP SCHEMA main.other CASCADE");
        Assert.That((await Sql.FailAsync("CREATE TABLE main.other.t (a INT)")).SqlState, Is.EqualTo("42704"));
    }

    [Test]
    public async Task Prepared_WhenNothingIsThere_MakesCatalogAndSchema()
    {
        await Workspace.ExecuteAsync("CREATE TABLE `other`.`place`.`boards` AS SELECT 'b1' AS id", "INSERT INTO other.place.boards VALUES ('b2')");

        Assert.That(await Sql.CellAsync("SELECT count(*) FROM other.place.boards"), Is.EqualTo("2"));
        Assert.That(Workspace.Statements, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Rows_WhenThereAreThousands_AreMergedAndRead()
    {
        await Sql.RunAsync("CREATE TABLE main.mirion.t (id STRING, text STRING, v VARIANT)");
        var lines = Enumerable.Range(0, 2_500).Select(i => JsonSerializer.Serialize(new { id = $"item-{i:d5}", text = new string('x', 100), v = new { i } }));
        await Workspace.PlaceFileAsync("/Volumes/main/mirion/staging/many.json", Encoding.UTF8.GetBytes(string.Join('\n', lines)));

        await Sql.RunAsync("""
            MERGE INTO main.mirion.t AS t USING (SELECT * FROM read_files('/Volumes/main/mirion/staging/many.json', format => 'json', schema => 'id STRING, text STRING, v VARIANT')) AS s
            ON t.id = s.id WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *
            """);

        var read = await Sql.RunAsync("SELECT a.id, a.text, to_json(a.v) FROM main.mirion.t AS a CROSS JOIN range(4) ORDER BY a.id", ("disposition", "EXTERNAL_LINKS"));
        Assert.That(read.GetProperty("manifest").GetProperty("total_row_count").GetInt32(), Is.EqualTo(10_000));
    }

    [Test]
    public async Task Fault_WhenPlanned_MeetsTheNextStatementThatMatches()
    {
        await Sql.RunAsync("CREATE TABLE main.mirion.t (id STRING)");
        Workspace.FailStatements(StatementFault.ConcurrentAppend, matching: text => text.StartsWith("INSERT", StringComparison.Ordinal));
        Workspace.FailStatements(StatementFault.TemporarilyUnavailable with { AfterExecution = true }, matching: text => text.Contains("after", StringComparison.Ordinal));

        await Sql.CellAsync("SELECT 1");
        var before = await Sql.FailAsync("INSERT INTO main.mirion.t VALUES ('before')");
        var after = await Sql.FailAsync("INSERT INTO main.mirion.t VALUES ('after')");

        Assert.That(before.Message, Does.StartWith("[DELTA_CONCURRENT_APPEND]"));
        Assert.That(before.SqlState, Is.EqualTo("2D521"));
        Assert.That(after.Code, Is.EqualTo("TEMPORARILY_UNAVAILABLE"));
        Assert.That(await Sql.CellAsync("SELECT id FROM main.mirion.t"), Is.EqualTo("after"));
        Assert.That(Workspace.Statements.Select(statement => statement.State), Is.EqualTo(new[] { "SUCCEEDED", "SUCCEEDED", "FAILED", "FAILED", "SUCCEEDED" }));
    }

    private static IEnumerable<string> Names(JsonElement reply) => reply.GetProperty("manifest").GetProperty("schema").GetProperty("columns").EnumerateArray()
        .Select(column => $"{column.GetProperty("name").GetString()}:{column.GetProperty("type_name").GetString()}");
}
