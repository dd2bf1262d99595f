using System.Net.Http.Headers;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Microsoft.Extensions.Time.Testing;
using Mirion.Generation.FakeDatabricks;

namespace Mirion.Generation.Infrastructure.IntegrationTests.FakeDatabricks;

/// <summary>Statements over the wire: states, shapes, parts of results, links.</summary>
[TestFixture]
public sealed class SqlStatementApiTests : SqlFixture
{
    private const string Seven = "SELECT id, concat('row ', CAST(id AS STRING)) AS text FROM range(7) ORDER BY id";
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly HttpClient _storage = new();

    private protected override FakeDatabricksOptions Options => new() { RowsPerChunk = 3, Clock = _clock, MaxInlineBytes = 1_000 };

    [OneTimeTearDown]
    public void CloseStorage() => _storage.Dispose();

    [Test]
    public async Task Submission_WhenNotWaitedFor_IsPendingThenDone()
    {
        var submitted = await Sql.SubmitAsync("SELECT 1 AS one", ("wait_timeout", "0s"));
        var id = submitted.Json.GetProperty("statement_id").GetString();

        Assert.That(submitted.Json.EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "statement_id", "status" }));
        Assert.That(SqlCalls.StateOf(submitted), Is.EqualTo("PENDING"));
        Assert.That(id, Does.StartWith("01"));
        var done = await UntilAsync(id!, "SUCCEEDED");
        Assert.That(
            done.GetProperty("manifest").GetRawText(),
            Is.EqualTo("""{"format":"JSON_ARRAY","schema":{"column_count":1,"columns":[{"name":"one","type_text":"INT","type_name":"INT","position":0}]},"total_chunk_count":1,"chunks":[{"chunk_index":0,"row_offset":0,"row_count":1}],"total_row_count":1,"truncated":false}"""));
        Assert.That(done.GetProperty("result").GetRawText(), Is.EqualTo("""{"chunk_index":0,"row_offset":0,"row_count":1,"data_array":[["1"]]}"""));
    }

    [Test]
    public async Task Result_WhenEmpty_HasColumnsAndNoData()
    {
        var reply = await Sql.RunAsync("SELECT 1 AS one WHERE 1 = 2");

        Assert.That(reply.GetProperty("manifest").GetProperty("schema").GetProperty("column_count").GetInt32(), Is.EqualTo(1));
        Assert.That(reply.GetProperty("manifest").TryGetProperty("chunks", out _), Is.False);
        Assert.That(reply.GetProperty("result").GetRawText(), Is.EqualTo("{}"));
    }

    [Test]
    public async Task Result_WhenInParts_LinksToTheNext()
    {
        var reply = await Sql.RunAsync(Seven);
        var (id, first) = (reply.GetProperty("statement_id").GetString(), reply.GetProperty("result"));

        var second = (await Api.GetAsync(first.GetProperty("next_chunk_internal_link").GetString()!)).Json;
        var third = (await Api.GetAsync($"{SqlCalls.Path}/{id}/result/chunks/2?row_offset=6")).Json;

        Assert.That(reply.GetProperty("manifest").GetProperty("total_chunk_count").GetInt32(), Is.EqualTo(3));
        Assert.That(first.GetProperty("next_chunk_index").GetInt32(), Is.EqualTo(1));
        Assert.That(second.GetProperty("row_offset").GetInt32(), Is.EqualTo(3));
        Assert.That(third.GetProperty("data_array").GetRawText(), Is.EqualTo("""[["6","row 6"]]"""));
        Assert.That(third.TryGetProperty("next_chunk_index", out _), Is.False);
        Assert.That((await Api.GetAsync($"{SqlCalls.Path}/{id}/result/chunks/3")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Link_WhenFollowed_LeadsElsewhereAndWantsNoCredentials()
    {
        var reply = await Sql.RunAsync(Seven, ("disposition", "EXTERNAL_LINKS"));
        var link = reply.GetProperty("result").GetProperty("external_links")[0];
        var address = new Uri(link.GetProperty("external_link").GetString()!);

        using var signed = new HttpRequestMessage(HttpMethod.Get, address);
        signed.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Workspace.Token);

        Assert.That(address.Authority, Is.Not.EqualTo(Workspace.Host.Authority));
        Assert.That(reply.GetProperty("manifest").GetProperty("chunks")[0].GetProperty("byte_count").GetInt64(), Is.Positive);
        Assert.That(link.GetProperty("expiration").GetString(), Is.EqualTo($"{_clock.GetUtcNow().AddMinutes(15):yyyy-MM-ddTHH:mm:ss.fffZ}"));
        Assert.That(link.GetProperty("next_chunk_internal_link").GetString(), Does.EndWith("/result/chunks/1"));
        Assert.That(await _storage.GetStringAsync(address), Is.EqualTo("""[["0","row 0"],["1","row 1"],["2","row 2"]]"""));
        Assert.That((int)(await _storage.SendAsync(signed)).StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task Link_WhenExpired_IsRenewedByItsPart()
    {
        var reply = await Sql.RunAsync(Seven, ("disposition", "EXTERNAL_LINKS"));
        var address = reply.GetProperty("result").GetProperty("external_links")[0].GetProperty("external_link").GetString();

        _clock.Advance(TimeSpan.FromMinutes(15));
        var renewed = (await Api.GetAsync($"{SqlCalls.Path}/{reply.GetProperty("statement_id").GetString()}/result/chunks/0")).Json.GetProperty("external_links")[0];

        Assert.That((int)(await _storage.GetAsync(address)).StatusCode, Is.EqualTo(403));
        Assert.That((int)(await _storage.GetAsync(renewed.GetProperty("external_link").GetString())).StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task Part_WhenArrow_HasTypesAndMicroseconds()
    {
        var reply = await Sql.RunAsync(
            "SELECT 5 AS n, 'x' AS s, TIMESTAMP '2026-01-02 03:04:05.123456' AS t, 1.50 AS d, NULL AS nothing", ("disposition", "EXTERNAL_LINKS"), ("format", "ARROW_STREAM"));
        var bytes = await _storage.GetByteArrayAsync(reply.GetProperty("result").GetProperty("external_links")[0].GetProperty("external_link").GetString());

        using var reader = new ArrowStreamReader(bytes);
        using var batch = reader.ReadNextRecordBatch();

        Assert.That(((Int32Array)batch.Column(0)).GetValue(0), Is.EqualTo(5));
        Assert.That(((StringArray)batch.Column(1)).GetString(0), Is.EqualTo("x"));
        Assert.That(((TimestampArray)batch.Column(2)).GetTimestamp(0), Is.EqualTo(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 123, 456, TimeSpan.Zero)));
        Assert.That(((Decimal128Array)batch.Column(3)).GetString(0), Is.EqualTo("1.50"));
        Assert.That(batch.Column(4).IsNull(0), Is.True);
    }

    [Test]
    public async Task Part_WhenCsv_HasItsHeaderOnce()
    {
        var reply = await Sql.RunAsync("SELECT id, IF(id = 1, NULL, 'a,\"b') AS t FROM range(4) ORDER BY id", ("disposition", "EXTERNAL_LINKS"), ("format", "CSV"));
        var second = (await Api.GetAsync($"{SqlCalls.Path}/{reply.GetProperty("statement_id").GetString()}/result/chunks/1")).Json;

        Assert.That(await _storage.GetStringAsync(Link(reply.GetProperty("result"))), Is.EqualTo("id,t\n0,\"a,\"\"b\"\n1,null\n2,\"a,\"\"b\"\n"));
        Assert.That(await _storage.GetStringAsync(Link(second)), Is.EqualTo("3,\"a,\"\"b\"\n"));
    }

    [Test]
    public async Task Result_WhenTooLargeForTheReply_Fails()
    {
        const string Large = "SELECT repeat('x', 2000) AS x";

        Assert.That((await Sql.FailAsync(Large)).Message, Does.Contain("Inline byte limit exceeded"));
        await Sql.RunAsync(Large, ("disposition", "EXTERNAL_LINKS"));
    }

    [TestCase("row_limit", 2, 2)]
    [TestCase("byte_limit", 40, 2)]
    public async Task Result_WhenLimited_IsTruncated(string limit, int value, int rows)
    {
        var manifest = (await Sql.RunAsync(Seven, (limit, value))).GetProperty("manifest");

        Assert.That(manifest.GetProperty("truncated").GetBoolean(), Is.True);
        Assert.That(manifest.GetProperty("total_row_count").GetInt32(), Is.EqualTo(rows));
    }

    [Test]
    public async Task Statement_WhenSlow_RunsForSomePolls()
    {
        Workspace.SlowStatements(2);

        var submitted = await Sql.SubmitAsync("SELECT 1");
        var id = submitted.Json.GetProperty("statement_id").GetString();

        Assert.That(SqlCalls.StateOf(submitted), Is.EqualTo("RUNNING"));
        Assert.That(SqlCalls.StateOf(await Api.GetAsync($"{SqlCalls.Path}/{id}")), Is.EqualTo("RUNNING"));
        Assert.That(SqlCalls.StateOf(await Api.GetAsync($"{SqlCalls.Path}/{id}")), Is.EqualTo("SUCCEEDED"));
    }

    [Test]
    public async Task Warehouse_WhenStopped_StartsWithTheFirstStatement()
    {
        await using var workspace = await FakeDatabricksWorkspace.StartAsync(new FakeDatabricksOptions { WarehouseRunning = false, WarehouseStart = TimeSpan.FromSeconds(20), Clock = _clock });
        using var api = new Wire(workspace, workspace.Token);
        var sql = new SqlCalls(workspace, api);
        async Task<string?> WarehouseAsync() => (await api.GetAsync($"/api/2.0/sql/warehouses/{workspace.WarehouseId}")).Json.GetProperty("state").GetString();

        var before = await WarehouseAsync();
        var submitted = await sql.SubmitAsync("SELECT 1", ("wait_timeout", "0s"));
        var id = submitted.Json.GetProperty("statement_id").GetString()!;
        var starting = await WarehouseAsync();
        _clock.Advance(TimeSpan.FromSeconds(19));
        var pending = SqlCalls.StateOf(await api.GetAsync($"{SqlCalls.Path}/{id}"));
        _clock.Advance(TimeSpan.FromSeconds(1));

        await UntilAsync(id, "SUCCEEDED", api);
        Assert.That(new[] { before, starting, pending, await WarehouseAsync() }, Is.EqualTo(new[] { "STOPPED", "STARTING", "PENDING", "RUNNING" }));
    }

    [Test]
    public async Task Statement_WhenCancelled_TakesNoEffect()
    {
        await using var workspace = await FakeDatabricksWorkspace.StartAsync(new FakeDatabricksOptions { WarehouseRunning = false, WarehouseStart = TimeSpan.FromSeconds(20), Clock = _clock });
        using var api = new Wire(workspace, workspace.Token);
        var sql = new SqlCalls(workspace, api);
        await workspace.ExecuteAsync("CREATE TABLE main.mirion.t (id STRING)");

        var id = (await sql.SubmitAsync("INSERT INTO main.mirion.t VALUES ('a')", ("wait_timeout", "0s"))).Json.GetProperty("statement_id").GetString()!;
        var cancel = await api.PostAsync($"{SqlCalls.Path}/{id}/cancel", "");
        _clock.Advance(TimeSpan.FromSeconds(20));

        Assert.That(cancel.Body, Is.EqualTo("{}"));
        Assert.That((await UntilAsync(id, "CANCELED", api)).GetProperty("status").GetRawText(), Is.EqualTo("""{"state":"CANCELED"}"""));
        Assert.That(await sql.CellAsync("SELECT count(*) FROM main.mirion.t"), Is.EqualTo("0"));
    }

    [Test]
    public async Task Statement_WhenCancelledWhileItRuns_Stops()
    {
        var id = (await Sql.SubmitAsync("SELECT count(*) FROM range(100000000) AS a CROSS JOIN range(100000000) AS b", ("wait_timeout", "0s"))).Json.GetProperty("statement_id").GetString()!;
        await UntilAsync(id, "RUNNING");

        await Api.PostAsync($"{SqlCalls.Path}/{id}/cancel", "");

        await UntilAsync(id, "CANCELED");
        Assert.That(await Sql.CellAsync("SELECT 1"), Is.EqualTo("1"));
    }

    [Test]
    public async Task Statement_WhenClosed_HasNoResult()
    {
        var id = (await Sql.RunAsync("SELECT 1")).GetProperty("statement_id").GetString()!;

        Assert.That((await Api.DeleteAsync($"{SqlCalls.Path}/{id}")).Status, Is.EqualTo(200));
        Assert.That((await Api.GetAsync($"{SqlCalls.Path}/{id}")).Json.GetProperty("status").GetRawText(), Is.EqualTo("""{"state":"CLOSED"}"""));
        Assert.That((await Api.GetAsync($"{SqlCalls.Path}/{id}/result/chunks/0")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Statement_WhenLongOver_IsForgotten()
    {
        var id = (await Sql.RunAsync("SELECT 1")).GetProperty("statement_id").GetString()!;

        _clock.Advance(TimeSpan.FromHours(12));

        Assert.That((await Api.GetAsync($"{SqlCalls.Path}/{id}")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Statement_WhenUnknown_Is404()
    {
        Assert.That((await Api.GetAsync($"{SqlCalls.Path}/01f0-unknown")).Status, Is.EqualTo(404));
        Assert.That((await Api.PostAsync($"{SqlCalls.Path}/01f0-unknown/cancel", "")).Json.GetProperty("error_code").GetString(), Is.EqualTo("NOT_FOUND"));
    }

    private async Task<JsonElement> UntilAsync(string id, string state, Wire? api = null)
    {
        while (true)
        {
            var answer = await (api ?? Api).GetAsync($"{SqlCalls.Path}/{id}");
            if (SqlCalls.StateOf(answer) == state) return answer.Json;
            Assert.That(SqlCalls.StateOf(answer), Is.EqualTo("PENDING").Or.EqualTo("RUNNING"), answer.Body);
            await Task.Yield();
        }
    }

    private static string? Link(JsonElement result) => result.GetProperty("external_links")[0].GetProperty("external_link").GetString();
}
