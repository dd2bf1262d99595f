using System.Net;
using Mirion.Generation.Infrastructure.Databricks;
using Mirion.Generation.Infrastructure.Databricks.Sql;
using Mirion.Generation.Infrastructure.Sql;
using static Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sql.ScriptedWarehouse;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sql;

[TestFixture]
public sealed class ResultLinkTests
{
    private ScriptedWarehouse _script = null!;

    [SetUp]
    public void Start() => _script = new ScriptedWarehouse();

    [TearDown]
    public async Task StopAsync() => await ((IAsyncDisposable)_script).DisposeAsync();

    [Test]
    public async Task StreamAsync_WhenThereAreParts_ReadsThemInOrderAndSignsNoLink()
    {
        Succeed(rows: [2, 1, 1, 1]);
        Part(0, """[["a",null],["b\n\"ü","2"]]""");
        for (var i = 1; i < 4; i++)
        {
            Chunk(i);
            Part(i, $"""[["{i}","{i}"]]""");
        }

        Assert.That(await ReadAsync(), Is.EqualTo(new[] { "a|", "b\n\"ü|2", "1|1", "2|2", "3|3" }));
        var fetched = _script.Calls.Where(call => call.Call.StartsWith("GET /part", StringComparison.Ordinal)).ToArray();
        Assert.That(fetched, Has.Length.EqualTo(4));
        Assert.That(fetched.Select(call => call.Authorization), Is.All.Null);
        Assert.That(fetched.Select(call => call.Headers.GetValueOrDefault("x-key")), Is.All.EqualTo("k"));
        Assert.That(_script.Logs.Text, Does.Not.Contain("sig=SECRET"));
    }

    [Test]
    public async Task StreamAsync_WhenNothingIsFound_ReadsNothing()
    {
        _script.Answer(Submit, """
            {"statement_id":"01-x","status":{"state":"SUCCEEDED"},"manifest":{"schema":{"columns":[{"name":"a"},{"name":"b"}]},"total_chunk_count":0,"total_row_count":0},"result":{}}
            """);

        Assert.That(await ReadAsync(), Is.Empty);
    }

    [TestCase(HttpStatusCode.Forbidden)]
    [TestCase(HttpStatusCode.BadRequest)]
    public async Task StreamAsync_WhenALinkIsRefused_AsksForANewOne(HttpStatusCode status)
    {
        Succeed(rows: [1]);
        _script.Answer("GET /part0", "<expired/>", status);
        Chunk(0);
        Part(0, """[["a","b"]]""");

        Assert.That(await ReadAsync(), Is.EqualTo(new[] { "a|b" }));
    }

    [Test]
    public async Task StreamAsync_WhenALinkEndedBeforeItWasUsed_AsksForANewOneFirst()
    {
        Succeed(rows: [1], expiration: "1999-12-31T00:00:00Z");
        Chunk(0);
        Part(0, """[["a","b"]]""");

        Assert.That(await ReadAsync(), Is.EqualTo(new[] { "a|b" }));
        Assert.That(_script.Calls.Select(call => call.Call), Is.EqualTo(new[] { Submit, "GET /api/2.0/sql/statements/01-x/result/chunks/0", "GET /part0" }));
    }

    [Test]
    public async Task StreamAsync_WhenAPartBreaksOff_FetchesItAnewAndRepeatsNoRow()
    {
        Succeed(rows: [2]);
        _script.Answer("GET /part0", _ => Task.FromResult(new HttpResponseMessage { Content = new BrokenContent("""[["a","b"],["c""") }));
        Chunk(0);
        Part(0, """[["a","b"],["c","d"]]""");

        Assert.That(await ReadAsync(), Is.EqualTo(new[] { "a|b", "c|d" }));
    }

    [Test]
    public async Task StreamAsync_WhenNoLinkIsGood_GivesUpWithoutTellingTheLink()
    {
        Succeed(rows: [1]);
        for (var i = 0; i < 4; i++)
        {
            _script.Answer("GET /part0", "no", HttpStatusCode.Forbidden);
            Chunk(0);
        }

        var failure = (await Assert.ThrowsAsync<DatabricksException>(ReadAsync))!;
        Assert.That(failure.ToString(), Does.Contain("403").And.Contain("01-x").And.Not.Contain("SECRET").And.Not.Contain("part0"));
    }

    [TestCase("""[["a","b"]]""")]
    [TestCase("""[["a","b"],["c","d"],["e","f"]]""")]
    [TestCase("""[["a","b"],["c"]]""")]
    [TestCase("""[["a","b"],["c",1]]""")]
    [TestCase("""{"a":"b"}""")]
    [TestCase("""[["a","b"],""")]
    public void StreamAsync_WhenAPartIsNotWhatWasPromised_Fails(string text)
    {
        Succeed(rows: [2]);
        Part(0, text);

        Assert.That(ReadAsync, Throws.InstanceOf<DatabricksException>());
    }

    [Test]
    public void StreamAsync_WhenPartsAreMissing_Fails()
    {
        Succeed(rows: [1], total: 2);
        Part(0, """[["a","b"]]""");

        Assert.That(ReadAsync, Throws.InstanceOf<DatabricksException>().With.Message.Contains("promised 2"));
    }

    [Test]
    public async Task StreamAsync_WhenTheReaderStopsEarly_LeavesNothingBehind()
    {
        Succeed(rows: [1, 1, 1]);
        Part(0, """[["a","b"]]""");
        var stopped = new TaskCompletionSource();
        foreach (var i in new[] { 1, 2 })
        {
            _script.Answer($"GET /api/2.0/sql/statements/01-x/result/chunks/{i}", async stop =>
            {
                using var _ = stop.Register(() => stopped.TrySetResult());
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
                throw new InvalidOperationException();
            });
        }

        await foreach (var _ in Rows()) break;

        Assert.That(stopped.Task.IsCompleted);
    }

    private void Succeed(int[] rows, string expiration = "2999-01-01T00:00:00Z", int? total = null)
    {
        var chunks = string.Join(',', rows.Select((count, i) => $$"""{"chunk_index":{{i}},"row_count":{{count}}}"""));
        _script.Answer(Submit, $$$"""
            {"statement_id":"01-x","status":{"state":"SUCCEEDED"},
             "manifest":{"schema":{"columns":[{"name":"a"},{"name":"b"}]},"total_chunk_count":{{{rows.Length}}},"chunks":[{{{chunks}}}],"total_row_count":{{{total ?? rows.Sum()}}},"truncated":false},
             "result":{{{Link(0, expiration)}}}}
            """);
    }

    private void Chunk(int index) => _script.Answer($"GET /api/2.0/sql/statements/01-x/result/chunks/{index}", Link(index));

    private void Part(int index, string text) => _script.Answer($"GET /part{index}", text);

    private static string Link(int index, string expiration = "2999-01-01T00:00:00Z") =>
        $$$"""{"external_links":[{"chunk_index":{{{index}}},"external_link":"http://localhost:2/part{{{index}}}?sig=SECRET","expiration":"{{{expiration}}}","http_headers":{"x-key":"k"}}]}""";

    private async Task<IReadOnlyList<string>> ReadAsync() => await Rows().ToListAsync();

    private IAsyncEnumerable<string> Rows() => _script.Warehouse.StreamAsync(
        SqlStatement.Of($"SELECT a, b FROM t"), row => $"{row.TextOrNull("a")}|{row.TextOrNull("b")}", StatementRights.Program, CancellationToken.None);

    private sealed class BrokenContent(string start) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(start));
            throw new IOException("reset");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
