using System.Text.Json.Nodes;

namespace Mirion.Generation.Infrastructure.IntegrationTests.FakeDatabricks;

/// <summary>What a SQL warehouse refuses, whatever the engine behind this workspace would make of it.</summary>
[TestFixture]
public sealed class SqlRefusalTests : SharedSqlFixture
{
    [OneTimeSetUp]
    public async Task MakeTableAsync()
    {
        await Sql.RunAsync("CREATE TABLE main.mirion.t (id STRING NOT NULL, n BIGINT, v VARIANT, at TIMESTAMP, uses ARRAY<STRING>)");
        await Sql.RunAsync("INSERT INTO main.mirion.t VALUES ('a', 1, parse_json('{}'), NULL, array('x'))");
    }

    [TestCase("SELECT $p")]
    [TestCase("SELECT ?")]
    [TestCase("SELECT 1 FROM \"main\".\"mirion\".\"t\"")]
    [TestCase("SELECT 1 AS \"x\"")]
    [TestCase("SELECT CAST(NULL AS VARCHAR[])")]
    [TestCase("SELECT CAST(id AS VARCHAR) FROM main.mirion.t")]
    [TestCase("SELECT [1, 2]")]
    [TestCase("SELECT {'a': 1}")]
    [TestCase("SELECT * EXCLUDE (n) FROM main.mirion.t")]
    [TestCase("SELECT 7 // 2")]
    [TestCase("SELECT 2 ** 3")]
    [TestCase("SELECT v->'$.a' FROM main.mirion.t")]
    [TestCase("SELECT v->>'a' FROM main.mirion.t")]
    [TestCase("SELECT id FROM main.mirion.t WHERE id ~ 'a'")]
    [TestCase("SELECT unnest := 1")]
    [TestCase("FROM main.mirion.t")]
    [TestCase("SELECT * FROM 'file.csv'")]
    [TestCase("SELECT DISTINCT ON (id) id FROM main.mirion.t")]
    [TestCase("SELECT id FROM main.mirion.t LIMIT 10%")]
    [TestCase("SELECT id FROM main.mirion.t USING SAMPLE 1")]
    [TestCase("SELECT lambda x: x")]
    [TestCase("SELECT 1 FROM main.mirion.t ASOF JOIN main.mirion.t AS o USING (id) POSITIONAL")]
    [TestCase("INSERT OR REPLACE INTO main.mirion.t (id) VALUES ('a')")]
    [TestCase("INSERT INTO main.mirion.t (id) VALUES ('a') ON CONFLICT DO NOTHING")]
    [TestCase("INSERT INTO main.mirion.t (id) VALUES ('a') RETURNING id")]
    [TestCase("UPDATE main.mirion.t SET n = 1 FROM main.mirion.t AS o")]
    [TestCase("PRAGMA version")]
    [TestCase("SET threads = 1")]
    [TestCase("ATTACH ':memory:' AS x")]
    [TestCase("COPY main.mirion.t TO 'x.csv'")]
    [TestCase("INSTALL json")]
    [TestCase("SELECT 1; SELECT 2")]
    [TestCase("SELECT 'open")]
    [TestCase("SELECT 1 /* open")]
    [TestCase("SELECT")]
    [TestCase("SELECT (1")]
    [TestCase("SELECT 1 +")]
    [TestCase("CREATE TEMP TABLE x (a INT)")]
    [TestCase("CREATE TABLE main.mirion.x (a INT DEFAULT nextval('s'))")]
    [TestCase("CREATE INDEX i ON main.mirion.t (id)")]
    [TestCase("ALTER TABLE main.mirion.t ADD COLUMN IF NOT EXISTS x STRING")]
    [TestCase("SELECT count(DISTINCT ON) FROM main.mirion.t")]
    [TestCase("SELECT sum(n) FILTER (n > 1) FROM main.mirion.t")]
    [TestCase("")]
    public async Task Syntax_WhenNotOfDatabricks_IsAnError(string statement)
    {
        var (code, message, sqlState) = await Sql.FailAsync(statement);

        Assert.That(code, Is.EqualTo("BAD_REQUEST"));
        Assert.That(message, Does.StartWith("[PARSE_SYNTAX_ERROR] Syntax error at or near ").And.EndsWith("SQLSTATE: 42601"));
        Assert.That(sqlState, Is.EqualTo("42601"));
    }

    [TestCase("list_value(1, 2)")]
    [TestCase("unnest(array(1))")]
    [TestCase("epoch_us(at)")]
    [TestCase("strftime(at, '%Y')")]
    [TestCase("regexp_matches(id, 'a')")]
    [TestCase("json_extract(id, '$.a')")]
    [TestCase("list_contains(uses, 'x')")]
    [TestCase("struct_pack(id)")]
    [TestCase("dbx_cast('INT', 'VARCHAR', id)")]
    [TestCase("encode(id)")]
    [TestCase("array_to_string(uses, ',')")]
    [TestCase("string_split(id, ',')")]
    [TestCase("`lower`(id)")]
    public async Task Function_WhenNotOfDatabricks_IsUnknown(string call)
    {
        var (_, message, sqlState) = await Sql.FailAsync($"SELECT {call} FROM main.mirion.t");

        Assert.That(message, Does.StartWith("[UNRESOLVED_ROUTINE] Cannot resolve routine "));
        Assert.That(sqlState, Is.EqualTo("42883"));
    }

    [TestCase("SELECT :nothing", "[UNBOUND_SQL_PARAMETER]", "42P02")]
    [TestCase("SELECT nothing FROM main.mirion.t", "[UNRESOLVED_COLUMN", "42703")]
    [TestCase("SELECT x.id FROM main.mirion.t AS t", "[UNRESOLVED_COLUMN", "42703")]
    [TestCase("SELECT t.nothing FROM main.mirion.t AS t", "[UNRESOLVED_COLUMN", "42703")]
    [TestCase("UPDATE main.mirion.t SET nothing = 1", "[UNRESOLVED_COLUMN", "42703")]
    [TestCase("SELECT \"id\" FROM main.mirion.t WHERE \"id\" = nothing", "[UNRESOLVED_COLUMN", "42703")]
    [TestCase("SELECT 1 FROM main.mirion.nothing", "[TABLE_OR_VIEW_NOT_FOUND]", "42P01")]
    [TestCase("SELECT 1 FROM duckdb_tables", "[TABLE_OR_VIEW_NOT_FOUND]", "42P01")]
    [TestCase("SELECT 1 FROM sqlite_master", "[TABLE_OR_VIEW_NOT_FOUND]", "42P01")]
    [TestCase("SELECT * FROM read_json('/x')", "[UNRESOLVABLE_TABLE_VALUED_FUNCTION]", "42883")]
    [TestCase("SELECT * FROM duckdb_settings()", "[UNRESOLVABLE_TABLE_VALUED_FUNCTION]", "42883")]
    [TestCase("CREATE TABLE main.nothing.t (a INT)", "[SCHEMA_NOT_FOUND]", "42704")]
    [TestCase("CREATE TABLE nothing.mirion.t (a INT)", "[NO_SUCH_CATALOG_EXCEPTION]", "42704")]
    [TestCase("CREATE TABLE main.mirion.t (a INT)", "[TABLE_OR_VIEW_ALREADY_EXISTS]", "42P07")]
    [TestCase("CREATE TABLE main.mirion.x (a HUGEINT)", "[UNSUPPORTED_DATATYPE]", "0A000")]
    [TestCase("SELECT CAST(1 AS TIMESTAMPTZ)", "[UNSUPPORTED_DATATYPE]", "0A000")]
    [TestCase("SELECT CAST('{}' AS JSON)", "[UNSUPPORTED_DATATYPE]", "0A000")]
    [TestCase("SELECT 1::UUID", "[UNSUPPORTED_DATATYPE]", "0A000")]
    [TestCase("CREATE TABLE main.mirion.x (a INT, A INT)", "[COLUMN_ALREADY_EXISTS]", "42711")]
    [TestCase("CREATE TABLE main.mirion.x (`a b` INT)", "[DELTA_INVALID_CHARACTERS_IN_COLUMN_NAMES]", "42K05")]
    [TestCase("CREATE TABLE main.mirion.x (a INT, b INT, c INT, d INT, e INT) CLUSTER BY (a, b, c, d, e)", "[DELTA_CLUSTER_BY_INVALID_NUM_COLUMNS]", "54000")]
    [TestCase("CREATE TABLE main.mirion.x (a VARIANT) CLUSTER BY (a)", "[DELTA_CLUSTERING_COLUMNS_DATATYPE_NOT_SUPPORTED]", "0A000")]
    [TestCase("CREATE TABLE main.mirion.x (a INT PRIMARY KEY)", "[PARSE_SYNTAX_ERROR]", "42601")]
    [TestCase("ALTER TABLE main.mirion.t ADD COLUMNS (n INT)", "[FIELD_ALREADY_EXISTS]", "42710")]
    [TestCase("SELECT lower(v) FROM main.mirion.t", "[DATATYPE_MISMATCH", "42K09")]
    [TestCase("SELECT v = 'x' FROM main.mirion.t", "[DATATYPE_MISMATCH", "42K09")]
    [TestCase("SELECT to_json(id) FROM main.mirion.t", "[DATATYPE_MISMATCH", "42K09")]
    [TestCase("SELECT parse_json(v) FROM main.mirion.t", "[DATATYPE_MISMATCH", "42K09")]
    [TestCase("SELECT explode(id) FROM main.mirion.t", "[DATATYPE_MISMATCH", "42K09")]
    [TestCase("SELECT n + true FROM main.mirion.t", "[DATATYPE_MISMATCH", "42K09")]
    [TestCase("SELECT id = uses FROM main.mirion.t", "[DATATYPE_MISMATCH", "42K09")]
    [TestCase("SELECT CAST(id AS INT) FROM main.mirion.t", "[CAST_INVALID_INPUT]", "22018")]
    [TestCase("SELECT CAST('2026-13-01' AS DATE)", "[CAST_INVALID_INPUT]", "22018")]
    [TestCase("SELECT CAST(99999999999 AS INT)", "[CAST_OVERFLOW]", "22003")]
    [TestCase("SELECT 1 / 0", "[DIVIDE_BY_ZERO]", "22012")]
    [TestCase("SELECT parse_json('{')", "[MALFORMED_RECORD_IN_PARSING", "22023")]
    [TestCase("SELECT parse_json('{\"a\":1,\"a\":2}')", "[VARIANT_DUPLICATE_KEY]", "22023")]
    [TestCase("SELECT lower()", "[WRONG_NUM_ARGS", "42605")]
    [TestCase("SELECT substring('a')", "[WRONG_NUM_ARGS", "42605")]
    [TestCase("SELECT id, count(*) FROM main.mirion.t", "[MISSING_AGGREGATION]", "42803")]
    [TestCase("SELECT id FROM main.mirion.t WHERE count(*) > 1", "[INVALID_WHERE_CONDITION]", "42903")]
    [TestCase("INSERT INTO main.mirion.t (id, n) VALUES (NULL, 1)", "[DELTA_NOT_NULL_CONSTRAINT_VIOLATED]", "23502")]
    [TestCase("INSERT INTO main.mirion.t (id, n) VALUES ('b', 'x')", "[INCOMPATIBLE_DATA_FOR_TABLE", "KD000")]
    [TestCase("INSERT INTO main.mirion.t (id, v) VALUES ('b', '{}')", "[INCOMPATIBLE_DATA_FOR_TABLE", "KD000")]
    [TestCase("INSERT INTO main.mirion.t (id, at) VALUES ('b', '2026-01-01')", "[INCOMPATIBLE_DATA_FOR_TABLE", "KD000")]
    [TestCase("INSERT INTO main.mirion.t (id, uses) VALUES ('b', '[]')", "[INCOMPATIBLE_DATA_FOR_TABLE", "KD000")]
    [TestCase("INSERT INTO main.mirion.t (id, n) VALUES ('b')", "[INSERT_COLUMN_ARITY_MISMATCH", "21S01")]
    [TestCase("MERGE INTO main.mirion.t AS t USING (SELECT 'b' AS id, '{}' AS v) AS s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, v) VALUES (s.id, s.v)", "[INCOMPATIBLE_DATA_FOR_TABLE", "KD000")]
    [TestCase("SELECT * FROM read_files('/Volumes/main/mirion/staging/none.json', format => 'json', schema => 'a INT')", "[PATH_NOT_FOUND]", "42K03")]
    [TestCase("SELECT * FROM read_files('/Volumes/main/mirion/staging/../../x', format => 'json', schema => 'a INT')", "[PATH_NOT_FOUND]", "42K03")]
    [TestCase("SELECT * FROM read_files('/etc/passwd', format => 'json', schema => 'a INT')", "[PATH_NOT_FOUND]", "42K03")]
    [TestCase("SELECT * FROM read_files(concat('/Volumes', '/x'), format => 'json', schema => 'a INT')", "[PARSE_SYNTAX_ERROR]", "42601")]
    [TestCase("SELECT (SELECT n FROM VALUES (1), (2) AS x(n))", "[SCALAR_SUBQUERY_TOO_MANY_ROWS]", "21000")]
    [TestCase("SELECT named_struct('a', 1).b", "[FIELD_NOT_FOUND]", "42704")]
    [TestCase("SELECT id FROM main.mirion.t AS a, main.mirion.t AS b", "[AMBIGUOUS_REFERENCE]", "42704")]
    public async Task Statement_WhenWrong_FailsByItsCondition(string statement, string condition, string sqlState)
    {
        var failure = await Sql.FailAsync(statement);

        Assert.That(failure.Message, Does.StartWith(condition).And.EndsWith($"SQLSTATE: {sqlState}"));
        Assert.That(failure.SqlState, Is.EqualTo(sqlState));
        Assert.That(failure.Message, Does.Not.Contain("VARCHAR").And.Not.Contain("DuckDB").And.Not.Contain("Binder").And.Not.Contain("uc_").And.Not.Contain("dbx_"));
    }

    [TestCase("wait_timeout", "1s", "wait_timeout must be 0 seconds")]
    [TestCase("wait_timeout", "51s", "wait_timeout must be 0 seconds")]
    [TestCase("wait_timeout", "soon", "wait_timeout")]
    [TestCase("on_wait_timeout", "MAYBE", "on_wait_timeout")]
    [TestCase("disposition", "INLINE_OR_EXTERNAL_LINKS", "disposition")]
    [TestCase("format", "CSV", "EXTERNAL_LINKS")]
    [TestCase("format", "ARROW_STREAM", "EXTERNAL_LINKS")]
    [TestCase("nothing", "x", "unknown field 'nothing'")]
    [TestCase("warehouse_id", "0000000000000000", "is not a valid endpoint id")]
    [TestCase("warehouse_id", null, "warehouse_id is required")]
    [TestCase("row_limit", "5", "row_limit")]
    public async Task Request_WhenAFieldIsWrong_Is400(string field, string? value, string message)
    {
        var answer = await Sql.SubmitAsync("SELECT 1", (field, value));

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Json.GetProperty("message").GetString(), Does.Contain(message));
    }

    [TestCase("""[{"name":"p","value":5,"type":"INT"}]""", "must be a string")]
    [TestCase("""[{"name":"p","value":true}]""", "must be a string")]
    [TestCase("""[{"name":"p","value":"x","ordinal":1}]""", "unknown field 'ordinal'")]
    [TestCase("""[{"value":"x"}]""", "must have a name")]
    [TestCase("""[{"name":"p","value":"x","type":"ARRAY<STRING>"}]""", "cannot be bound")]
    [TestCase("""[{"name":"p","value":"x","type":"JSON"}]""", "unknown type")]
    [TestCase("""{"p":"x"}""", "must be an array")]
    public async Task Request_WhenAParameterIsWrong_Is400(string parameters, string message)
    {
        var answer = await Sql.SubmitAsync("SELECT :p", ("parameters", JsonNode.Parse(parameters)));

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Json.GetProperty("message").GetString(), Does.Contain(message));
    }

    [TestCase(256, 200)]
    [TestCase(257, 400)]
    public async Task Parameters_WhenMoreThan256_AreRefused(int count, int status)
    {
        var answer = await Sql.SubmitAsync("SELECT :p0", SqlCalls.Parameters([.. Enumerable.Range(0, count).Select(i => ($"p{i}", (string?)"x", "STRING"))]));

        Assert.That(answer.Status, Is.EqualTo(status));
        if (status == 400) Assert.That(answer.Json.GetProperty("message").GetString(), Does.Contain("too many parameters: 257 parameters were given but the limit is 256"));
    }

    [Test]
    public async Task Request_WhenTooLarge_Is400()
    {
        var text = await Sql.SubmitAsync($"SELECT 1 /* {new string('x', 16 * 1024 * 1024)} */");
        var values = await Sql.SubmitAsync("SELECT :p", SqlCalls.Parameters(("p", new string('x', 1_000_001), "STRING")));

        Assert.That(new[] { text.Status, values.Status }, Is.EqualTo(new[] { 400, 400 }));
        Assert.That(values.Json.GetProperty("error_code").GetString(), Is.EqualTo("BAD_REQUEST"));
    }
}
