using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Databricks;
using Mirion.Generation.Infrastructure.Databricks.Sql;
using Mirion.Generation.Infrastructure.IntegrationTests.Models;
using Mirion.Generation.Infrastructure.Sql;
using static Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sql.ScriptedWarehouse;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sql;

[TestFixture]
public sealed class WarehouseTests
{
    private const string Pending = """{"statement_id":"01-x","status":{"state":"PENDING"}}""";
    private const string Running = """{"statement_id":"01-x","status":{"state":"RUNNING"}}""";

    private const string OneRow = """
        {"statement_id":"01-x","status":{"state":"SUCCEEDED"},
         "manifest":{"schema":{"columns":[{"name":"a"},{"name":"b"}]},"total_chunk_count":1,"total_row_count":1,"truncated":false},
         "result":{"chunk_index":0,"row_count":1,"data_array":[["x",null]]}}
        """;

    private ScriptedWarehouse _script = null!;

    [SetUp]
    public void Start() => _script = new ScriptedWarehouse();

    [TearDown]
    public async Task StopAsync() => await ((IAsyncDisposable)_script).DisposeAsync();

    [Test]
    public async Task QueryAsync_WhenItSucceedsAtOnce_SendsWhatTheApiTakesAndReadsTheRows()
    {
        _script.Answer(Submit, OneRow);

        var rows = await QueryAsync(SqlStatement.Of($"SELECT {"x"} AS a, {(SqlValue)new(ColumnKind.Integer, null)} AS b FROM {new SqlName("main", "we`ird", "t")}"));

        Assert.That(rows, Is.EqualTo(new[] { ("x", (string?)null) }));
        using var sent = JsonDocument.Parse(_script.Calls.Single().Body);
        Assert.That(sent.RootElement.ToString(), Is.EqualTo(JsonSerializer.Serialize(
            new
            {
                statement = "SELECT :p0 AS a, :p1 AS b FROM `main`.`we``ird`.`t`",
                warehouse_id = "w1",
                parameters = new object[] { new { name = "p0", value = "x", type = "STRING" }, new { name = "p1", type = "INT" } },
                disposition = "INLINE",
                wait_timeout = "30s",
                on_wait_timeout = "CONTINUE",
                format = "JSON_ARRAY",
            },
            JsonOptions)));
    }

    [Test]
    public async Task QueryAsync_WhenTheWarehouseIsSlow_AsksLessAndLessOften()
    {
        _script.Answer(Submit, Pending);
        for (var i = 0; i < 8; i++) _script.Answer(Poll, i < 4 ? Pending : Running);
        _script.Answer(Poll, OneRow);

        Assert.That(await QueryAsync(), Has.Count.EqualTo(1));
        var pauses = ((SkippingClock)_script.Clock).Delays;
        Assert.That(pauses[0], Is.EqualTo(TimeSpan.FromSeconds(0.5)));
        Assert.That(pauses, Is.Ordered);
        Assert.That(pauses[^1], Is.EqualTo(TimeSpan.FromSeconds(5)));
    }

    [TestCase(Pending, "warehouse_unavailable")]
    [TestCase(Running, "databricks_failed")]
    public async Task QueryAsync_WhenItTakesTooLong_StopsItAndSaysSo(string state, string code)
    {
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(20) };
        await using var script = (IAsyncDisposable)(_script = new ScriptedWarehouse(clock));
        _script.Answer(Submit, state).Answer(Cancel, "{}");
        for (var i = 0; i < 3; i++)
        {
            _script.Answer(Poll, state);
        }

        var query = QueryAsync();
        while (!query.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        var failure = (await Assert.ThrowsAsync<DatabricksException>(() => query))!;
        Assert.That((failure.Code, failure.Fault), Is.EqualTo((code, UpstreamFault.TimedOut)));
        Assert.That(_script.Calls[^1].Call, Is.EqualTo(Cancel));
    }

    [Test]
    public void QueryAsync_WhenTheCallerLeavesWhileItRuns_StopsIt()
    {
        using var leaving = new CancellationTokenSource();
        _script.Answer(Submit, Running).Answer(Cancel, "{}").Answer(Poll, _ =>
        {
            leaving.Cancel();
            return Task.FromResult(Json(Running));
        });

        Assert.That(() => QueryAsync(cancellationToken: leaving.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_script.Calls[^1].Call, Is.EqualTo(Cancel));
    }

    [Test]
    public async Task QueryAsync_WhenTheCallerLeavesBeforeTheIdIsKnown_StopsItNonetheless()
    {
        await using var script = (IAsyncDisposable)(_script = new ScriptedWarehouse(new FakeTimeProvider()));
        using var leaving = new CancellationTokenSource();
        _script.Answer(Cancel, "{}").Answer(Submit, async _ =>
        {
            await leaving.CancelAsync();
            await Task.Yield();
            return Json(Running);
        });

        await Assert.ThatAsync(() => QueryAsync(cancellationToken: leaving.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_script.Calls[^1].Call, Is.EqualTo(Cancel));
    }

    [TestCase("ABORTED", "whatever")]
    [TestCase("TEMPORARILY_UNAVAILABLE", "")]
    [TestCase("BAD_REQUEST", "[DELTA_CONCURRENT_APPEND.WITH_ROW_LEVEL_CHANGES] Files were added. SQLSTATE: 2D521")]
    public async Task ExecuteAsync_WhenItFailsForAPassingReason_SubmitsItAgain(string code, string message)
    {
        _script.Answer(Submit, Failed(code, message)).Answer(Submit, Failed(code, message)).Answer(Submit, OneRow);

        Assert.That(await _script.Warehouse.ExecuteAsync(SqlStatement.Of($"DELETE FROM t"), repeatable: false, CancellationToken.None), Is.Zero);
        Assert.That(_script.Calls, Has.Count.EqualTo(3));
    }

    [TestCase(true, 2)]
    [TestCase(false, 1)]
    public void ExecuteAsync_WhenTheServiceWasLate_SubmitsAgainWhatMayBeRepeated(bool repeatable, int submissions)
    {
        _script.Answer(Submit, Failed("DEADLINE_EXCEEDED", "")).Answer(Submit, Failed("BAD_REQUEST", ""));

        Assert.That(() => _script.Warehouse.ExecuteAsync(SqlStatement.Of($"DELETE FROM t"), repeatable, CancellationToken.None), Throws.InstanceOf<StatementFailedException>());
        Assert.That(_script.Calls, Has.Count.EqualTo(submissions));
    }

    [Test]
    public async Task QueryAsync_WhenTheStatementIsWrong_NamesTheConditionAndRepeatsNoData()
    {
        _script.Answer(Submit, Failed("BAD_REQUEST", "[TABLE_OR_VIEW_NOT_FOUND] The table `secret_data` cannot be found. SQLSTATE: 42P01"));

        var failure = (await Assert.ThrowsAsync<StatementFailedException>(() => QueryAsync()))!;

        Assert.That((failure.Condition, failure.SqlState, failure.ErrorCode), Is.EqualTo(("TABLE_OR_VIEW_NOT_FOUND", "42P01", "BAD_REQUEST")));
        Assert.That(failure.ToString(), Does.Contain("TABLE_OR_VIEW_NOT_FOUND").And.Contain("01-x").And.Not.Contain("secret_data"));
    }

    [TestCase("""[["x"]]""", 1)]
    [TestCase("""[["x","y"]]""", 2)]
    public void QueryAsync_WhenTheResultIsNotWhatWasPromised_Fails(string rows, int promised)
    {
        _script.Answer(Submit, OneRow.Replace("""[["x",null]]""", rows).Replace("\"total_row_count\":1", $"\"total_row_count\":{promised}"));

        Assert.That(() => QueryAsync(), Throws.InstanceOf<DatabricksException>());
    }

    [Test]
    public void QueryAsync_WhenTheResultIsCutOff_Fails()
    {
        _script.Answer(Submit, OneRow.Replace("\"truncated\":false", "\"truncated\":true"));

        Assert.That(() => QueryAsync(), Throws.InstanceOf<DatabricksException>().With.Message.Contains("cut"));
    }

    [Test]
    public void QueryAsync_WhenThereAreTooManyValuesOrTooLargeOnes_SendsNothing()
    {
        var many = SqlStatement.List(Enumerable.Range(0, 257).Select(i => SqlStatement.Of($"{i}")));
        var large = SqlStatement.Of($"SELECT {new string('x', 1_000_001)}");

        Assert.That(() => QueryAsync(many), Throws.InstanceOf<DatabricksException>().With.Message.Contains("257 parameters"));
        Assert.That(() => QueryAsync(large), Throws.InstanceOf<DatabricksException>().With.Message.Contains("1000001 bytes"));
        Assert.That(() => QueryAsync(SqlStatement.Of($"SELECT {"\ud800"}")), Throws.InstanceOf<ArgumentException>());
        Assert.That(_script.Calls, Is.Empty);
    }

    [TestCase("num_affected_rows,num_inserted_rows", "7,7", 7)]
    [TestCase("num_updated_rows,num_inserted_rows", "2,3", 5)]
    public async Task ExecuteAsync_WhenRowsAreWritten_CountsThem(string columns, string counts, int written)
    {
        var schema = string.Join(',', columns.Split(',').Select(column => $$"""{"name":"{{column}}"}"""));
        var row = string.Join(',', counts.Split(',').Select(count => $"\"{count}\""));
        _script.Answer(Submit, $$$"""
            {"statement_id":"01-x","status":{"state":"SUCCEEDED"},"manifest":{"schema":{"columns":[{{{schema}}}]},"total_row_count":1},"result":{"data_array":[[{{{row}}}]]}}
            """);

        Assert.That(await ExecuteAsync(), Is.EqualTo(written));
    }

    [Test]
    public async Task ExecuteAsync_WhenItDefinesSomething_CountsNothing()
    {
        _script.Answer(Submit, """{"statement_id":"01-x","status":{"state":"SUCCEEDED"},"manifest":{"schema":{"column_count":0},"total_chunk_count":0},"result":{}}""");

        Assert.That(await ExecuteAsync(), Is.Zero);
    }

    [TestCase(true, 2)]
    [TestCase(false, 1)]
    public async Task ExecuteAsync_WhenTheReplyIsLost_SubmitsAgainWhatMayBeRepeated(bool repeatable, int submissions)
    {
        _script.Answer(Submit, _ => throw new HttpRequestException(HttpRequestError.ResponseEnded)).Answer(Submit, OneRow);

        var outcome = await _script.Warehouse.ExecuteAsync(SqlStatement.Of($"DELETE FROM t"), repeatable, CancellationToken.None).ContinueWith(task => task.IsCompletedSuccessfully);

        Assert.That((outcome, _script.Calls.Count), Is.EqualTo((repeatable, submissions)));
    }

    [Test]
    public async Task QueryAsync_WhenItIsTheUsers_IsSubmittedAndPolledWithTheUsersToken()
    {
        _script.AccessToken = "user-token";
        _script.Answer(Submit, Running).Answer(Poll, OneRow).Answer(Submit, OneRow);

        await QueryAsync(rights: StatementRights.User);
        await QueryAsync(rights: StatementRights.Program);

        Assert.That(_script.Calls.Select(call => call.Authorization!.Parameter), Is.EqualTo(new[] { "user-token", "user-token", "program-token" }));
    }

    [Test]
    public void QueryAsync_WhenThereIsNoSuchWarehouse_SaysWhichSettingIsWrong()
    {
        _script.Answer(Submit, """{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"no"}""", HttpStatusCode.NotFound);

        Assert.That(() => QueryAsync(), Throws.InstanceOf<DatabricksException>().With.Property("Code").EqualTo("warehouse_unavailable").And.Message.Contains("WarehouseId"));
    }

    private static readonly JsonSerializerOptions JsonOptions = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Failed(string code, string message) =>
        $$"""{"statement_id":"01-x","status":{"state":"FAILED","error":{"error_code":"{{code}}","message":"{{message}}"} } }""";

    private Task<long> ExecuteAsync() => _script.Warehouse.ExecuteAsync(SqlStatement.Of($"DELETE FROM t"), repeatable: false, CancellationToken.None);

    private Task<IReadOnlyList<(string A, string? B)>> QueryAsync(
        SqlStatement? query = null, StatementRights rights = StatementRights.Program, CancellationToken cancellationToken = default) =>
        _script.Warehouse.QueryAsync(query ?? SqlStatement.Of($"SELECT a, b FROM t"), row => (row.Text("a"), row.TextOrNull("b")), rights, cancellationToken);
}
