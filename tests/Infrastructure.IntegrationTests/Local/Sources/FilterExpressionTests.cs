using Mirion.Generation.Domain.Common;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local.Sources;

[TestFixture]
public sealed class FilterExpressionTests
{
    private LocalFiles _files = null!;

    // One workspace for all: these tests only look.
    [OneTimeSetUp]
    public void Start()
    {
        _files = new LocalFiles();
        _files.Write("csv", """
            id,score,line,seen,notes,Odd "Name",flag
            1,0.25,A,2026-01-01,It's fine,x,true
            2,0.50,B,2026-02-01,100% ok,y,false
            3,,A,2026-03-01,,“z”,

            """.Replace("Odd \"Name\"", "\"Odd \"\"Name\"\"\"", StringComparison.Ordinal));
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _files.DisposeAsync();

    [TestCase("score > 0.3", "2")]
    [TestCase("SCORE > 0.3 AND \"line\" = 'B'", "2")]
    [TestCase("score > 0.3 OR line = 'A'", "1 2 3")]
    [TestCase("NOT (line = 'A')", "2")]
    [TestCase("score IS NULL", "3")]
    [TestCase("score IS NOT NULL", "1 2")]
    [TestCase("score IS DISTINCT FROM 0.25", "2 3")]
    [TestCase("coalesce(score, 1) >= 0.5", "2 3")]
    [TestCase("id BETWEEN 2 AND 3", "2 3")]
    [TestCase("id NOT BETWEEN 2 AND 3", "1")]
    [TestCase("line IN ('B', 'C')", "2")]
    [TestCase("line NOT IN ('B', 'C')", "1 3")]
    [TestCase("notes LIKE '100\\%%' ESCAPE '\\'", "2")]
    [TestCase("notes ILIKE '%FINE'", "1")]
    [TestCase("notes NOT LIKE '%ok'", "1")]
    [TestCase("notes = 'It''s fine'", "1")]
    [TestCase("\"Odd \"\"Name\"\"\" = '“z”'", "3")]
    [TestCase("regexp_matches(notes, '^\\d+%')", "2")]
    [TestCase("CASE WHEN line = 'A' THEN score ELSE 0 END = 0.25", "1")]
    [TestCase("CAST(score AS DECIMAL(10,2)) = 0.50", "2")]
    [TestCase("TRY_CAST(notes AS INTEGER) IS NULL", "1 2 3")]
    [TestCase("id + 1 = 3 AND id * 2 // 2 % 3 = 2", "2")]
    [TestCase("-id < -2", "3")]
    [TestCase("seen >= DATE '2026-02-01'", "2 3")]
    [TestCase("seen + INTERVAL '1 month' > DATE '2026-03-15'", "3")]
    [TestCase("seen + INTERVAL 20 DAY < DATE '2026-02-01'", "1")]
    [TestCase("year(seen) = 2026 AND extract(month FROM seen) = 3", "3")]
    [TestCase("date_trunc('month', seen) = DATE '2026-02-01'", "2")]
    [TestCase("lower(line) || '!' = 'a!'", "1 3")]
    [TestCase("length(trim(notes)) = 9", "1")]
    [TestCase("flag", "1")]
    [TestCase("flag IS NOT TRUE", "2 3")]
    [TestCase("true", "1 2 3")]
    [TestCase("NULL = 1", "")]
    [TestCase("score > 0.3 -- only the good ones", "2")]
    [TestCase("/* which? */ score /* this */ > 0.3", "2")]
    [TestCase("line = '); DROP TABLE t; --'", "")]
    [TestCase("line = '/*'", "")]
    public async Task ReadPagesAsync_WhenTheFilterIsAnExpression_HasTheRowsForWhichItIsTrue(string filter, string expected) =>
        Assert.That(string.Join(' ', (await _files.RowsAsync(filter: filter)).Keys), Is.EqualTo(expected));

    [TestCase("1=1) OR (1=1", "syntax error")]
    [TestCase("score > 0.3; DROP TABLE t", "SELECT")]
    [TestCase("score > 0.3; SELECT 1", "one expression")]
    [TestCase("id IN (SELECT 1)", "subquery")]
    [TestCase("EXISTS (SELECT 1)", "subquery")]
    [TestCase("(SELECT true)", "subquery")]
    [TestCase("score = ANY([1, 2])", "subquery")]
    [TestCase("getenv('HOME') <> ''", "'getenv'")]
    [TestCase("main.getenv('HOME') <> ''", "'getenv'")]
    [TestCase("current_setting('threads') > 1", "'current_setting'")]
    [TestCase("(SELECT content FROM read_text('/etc/passwd')) <> ''", "subquery")]
    [TestCase("read_text('/etc/passwd') <> ''", "'read_text'")]
    [TestCase("read_csv('x') IS NULL", "'read_csv'")]
    [TestCase("nextval('x') > 0", "'nextval'")]
    [TestCase("random() < 0.5", "'random'")]
    [TestCase("now() > seen", "'now'")]
    [TestCase("seen < current_date", "current_date")]
    [TestCase("repeat('x', 1000000000) = ''", "'repeat'")]
    [TestCase("length(lpad('x', 1000000000, 'x')) > 1", "'lpad'")]
    [TestCase("replace(line, 'A', 'AA') = ''", "'replace'")]
    [TestCase("count(*) > 1", "'count_star'")]
    [TestCase("sum(id) > 1", "'sum'")]
    [TestCase("row_number() OVER () < 2", "window")]
    [TestCase("*", "star")]
    [TestCase("COLUMNS(*) > 1", "star")]
    [TestCase("source.*", "star")]
    [TestCase("id = ?", "parameter")]
    [TestCase("id = $path", "parameter")]
    [TestCase("list_filter([1], x -> x > 1) = []", "'list_filter'")]
    [TestCase("id = #1", "position")]
    [TestCase("line COLLATE NOCASE = 'a'", "COLLATE")]
    [TestCase("line::ENUM('A') = 'A'", "cast")]
    [TestCase("line::factory_line = 'A'", "cast")]
    [TestCase("id AS x", "one expression")]
    [TestCase("id, line", "one expression")]
    [TestCase("DISTINCT flag", "one expression")]
    [TestCase("flag LIMIT 1", "one expression")]
    [TestCase("flag ORDER BY 1", "one expression")]
    [TestCase("flag UNION SELECT true", "one expression")]
    [TestCase("flag FROM read_csv('/etc/passwd')", "one expression")]
    [TestCase("flag WHERE true", "one expression")]
    [TestCase("flag GROUP BY flag", "one expression")]
    [TestCase("flag HAVING true", "one expression")]
    [TestCase("flag QUALIFY true", "one expression")]
    [TestCase("flag USING SAMPLE 1", "one expression")]
    [TestCase("flag /* open", "unterminated")]
    [TestCase("line = 'A", "unterminated")]
    [TestCase("-- nothing", "SELECT clause without")]
    [TestCase("line = “A”", "“A”")]
    [TestCase("c0 = '1'", "'c0'")]
    [TestCase("t0 = 1", "'t0'")]
    [TestCase("ref = '1'", "'ref'")]
    [TestCase("rowid = 1", "'rowid'")]
    [TestCase("skore > 1", "Did you mean 'score'?")]
    [TestCase("table_name.score > 1", "'table_name'")]
    [TestCase("line", "but is VARCHAR")]
    [TestCase("id + 1", "but is BIGINT")]
    [TestCase("NULL", "but is")]
    [TestCase("seen > 5", "Cannot compare")]
    [TestCase("lower(line, line) = 'a'", "No function matches")]
    [TestCase("flag = = true", "syntax error")]
    public async Task DescribeAsync_WhenTheFilterIsNotAllowed_SaysWhy(string filter, string expected)
    {
        var refusal = await RefusalAsync(filter);

        Assert.That((refusal.Kind, refusal.Code), Is.EqualTo((ErrorKind.Unprocessable, "filter_invalid")));
        Assert.That(refusal.Message, Does.StartWith("filter_expression: ").And.Contain(expected).IgnoreCase.And.Not.Contain("LINE 1"));
    }

    [Test]
    public async Task DescribeAsync_WhenTheFilterIsNestedWithoutEnd_IsRefused()
    {
        Assert.That((await RefusalAsync(string.Concat(Enumerable.Repeat("NOT ", 2000)) + "flag")).Code, Is.EqualTo("filter_invalid"));
        Assert.That((await RefusalAsync($"{string.Concat(Enumerable.Repeat("abs(", 150))}id{new string(')', 150)} = 1")).Message, Does.Contain("too deeply"));
        Assert.That((await RefusalAsync($"flag{new string(' ', 20_000)}")).Message, Does.Contain("longer than"));
    }

    [Test]
    public async Task ReadPagesAsync_WhenTheFilterHasManyAlternatives_ReadsThem()
    {
        var filter = string.Join(" OR ", Enumerable.Range(2, 500).Select(i => $"id = {i}"));

        Assert.That((await _files.RowsAsync(filter: filter)).Keys, Is.EqualTo(new[] { "2", "3" }));
    }

    [TestCase("CAST(notes AS INTEGER) > 1")]
    [TestCase("CAST(score * 1000 AS TINYINT) > 1")]
    [TestCase("strptime(notes, '%Y-%m-%d') > seen")]
    public async Task TakeCensusAsync_WhenTheFilterFailsForARow_SaysSoWithoutItsData(string filter)
    {
        var census = await _files.Source.TakeCensusAsync(SheetBuilder.Table(table: LocalFiles.Table, itemIdColumn: "id", filter: filter), CancellationToken.None);

        Assert.That(census.Error!.Code, Is.EqualTo("filter_invalid"));
        Assert.That(census.Error.Message, Does.Contain("TRY_CAST").And.Not.Contain("fine").And.Not.Contain("250"));
    }

    private async Task<Error> RefusalAsync(string filter) =>
        (await _files.Source.DescribeAsync(SheetBuilder.Table(table: LocalFiles.Table, itemIdColumn: "id", filter: filter), CancellationToken.None)).Error!;
}
