using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sources;

/// <summary>A filter that would not have the same rows on a Databricks workspace as on an embedded one is refused; and nothing that a filter says becomes SQL.</summary>
[TestFixture]
public sealed class FilterRefusalTests
{
    private FilteredRows _rows = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _rows = await FilteredRows.PlaceAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _rows.DisposeAsync();

    // What would mean something else there, or is not there at all.
    [TestCase("reverse(line) = 'A'", "'reverse' is not available on Databricks")]
    [TestCase("strip_accents(line) = 'e'", "'strip_accents'")]
    [TestCase("notes GLOB 'a*'", "'~~~'")]
    [TestCase("left(notes, -1) = 'x'", "'left' is not available on Databricks with these arguments")]
    [TestCase("substring(notes, -2, 1) = 'x'", "'substring'")]
    [TestCase("round(score, 2) = 0.25", "'round'")]
    [TestCase("sqrt(n) = 1", "'sqrt'")]
    [TestCase("score % 2 = 1", "'%'")]
    [TestCase("score // 2 = 1", "'//'")]
    [TestCase("strftime(seen, '%Y') = '2026'", "'strftime'")]
    [TestCase("date_trunc('hour', moment) = moment", "'date_trunc'")]
    [TestCase("date_diff('month', seen, DATE '2026-03-01') = 1", "'date_diff'")]
    [TestCase("regexp_matches(notes, '(?i)fine')", "'regexp_matches'")]
    [TestCase("regexp_matches(notes, '\\bfine')", "'regexp_matches'")]
    [TestCase("regexp_matches(notes, '\\pL')", "'regexp_matches'")]
    [TestCase("regexp_matches(notes, line)", "'regexp_matches'")]
    [TestCase("CAST(score AS INTEGER) = 1", "conversion from DOUBLE to INTEGER")]
    [TestCase("CAST(score AS VARCHAR) = '1'", "conversion from DOUBLE to VARCHAR")]
    [TestCase("CAST(score AS DECIMAL(10,2)) = 0.25", "conversion from DOUBLE")]
    [TestCase("CAST(clock AS VARCHAR) = '1'", "conversion from TIMESTAMP")]
    [TestCase("TRY_CAST(notes AS TIMESTAMP) = clock", "conversion from VARCHAR to TIMESTAMP")]
    [TestCase("CAST(n AS UTINYINT) = 1", "UTINYINT")]
    [TestCase("CAST(n AS HUGEINT) = 1", "HUGEINT")]
    [TestCase("line = n", "CAST or TRY_CAST")]
    [TestCase("notes > seen", "explicit cast is required")]
    [TestCase("TRY(n) = 1", "OPERATOR_TRY")]
    [TestCase("clock + INTERVAL '0.5 second' > clock", "'+'")]
    [TestCase("clock - moment > INTERVAL 1 DAY", "INTERVAL")]
    // What no workspace takes.
    [TestCase("1=1) OR (1=1", "syntax error")]
    [TestCase("score > 0.3; DROP TABLE t", "SELECT")]
    [TestCase("score > 0.3; SELECT 1", "one expression")]
    [TestCase("id IN (SELECT 1)", "subquery")]
    [TestCase("getenv('HOME') <> ''", "'getenv'")]
    [TestCase("read_text('/etc/passwd') <> ''", "'read_text'")]
    [TestCase("random() < 0.5", "'random'")]
    [TestCase("now() > moment", "'now'")]
    [TestCase("repeat('x', 1000000000) = ''", "'repeat'")]
    [TestCase("count(*) > 1", "'count_star'")]
    [TestCase("id = $p0", "parameter")]
    [TestCase("t0 = '1'", "'t0'")]
    [TestCase("ref = '1'", "'ref'")]
    [TestCase("_metadata.file_path = ''", "'_metadata'")]
    [TestCase("skore > 1", "Did you mean 'score'?")]
    [TestCase("line", "but is VARCHAR")]
    [TestCase("NULL", "but is")]
    [TestCase("seen > 5", "an explicit cast is required")]
    [TestCase("CAST('x' AS INTEGER) = n", "x")]
    [TestCase("seen > 'yesterday'", "yesterday")]
    [TestCase("regexp_matches(notes, '(')", "")]
    public async Task DescribeAsync_WhenTheFilterIsNotAvailable_SaysWhy(string filter, string expected)
    {
        var refusal = (await _rows.Databricks.Source.DescribeAsync(FilteredRows.Sheet(filter), CancellationToken.None)).Error!;

        Assert.That((refusal.Kind, refusal.Code), Is.EqualTo((ErrorKind.Unprocessable, "filter_invalid")));
        Assert.That(refusal.Message, Does.StartWith("filter_expression: ").And.Contain(expected).IgnoreCase.And.Not.Contain("LINE 1"));
    }

    [Test]
    public async Task DescribeAsync_WhenTheFilterHasMoreConstantsThanAStatementTakes_SaysWhatToDo()
    {
        string List(int count) => $"n IN ({string.Join(", ", Enumerable.Range(2, count))})";

        Assert.That((await _rows.Databricks.RowsAsync(filter: List(200))).Keys, Is.EqualTo(new[] { "2", "6" }));
        Assert.That((await _rows.Databricks.Source.DescribeAsync(FilteredRows.Sheet(List(201)), CancellationToken.None)).Error!.Message, Does.Contain("201 constants").And.Contain("view"));
    }

    [TestCase("CAST(notes AS INTEGER) > 1")]
    [TestCase("CAST(notes AS DATE) = seen")]
    [TestCase("CAST(n * 1000 AS SMALLINT) > 1")]
    [TestCase("n * 2000000000 > 1")]
    public async Task TakeCensusAsync_WhenTheFilterFailsForARow_SaysSoWithoutItsData(string filter)
    {
        var census = await _rows.Databricks.Source.TakeCensusAsync(FilteredRows.Sheet(filter), CancellationToken.None);

        Assert.That(census.Error!.Code, Is.EqualTo("filter_invalid"));
        Assert.That(census.Error.Message, Does.Contain("TRY_CAST").And.Not.Contain("fine"));
    }

    [Test]
    public async Task ReadPagesAsync_WhateverTheFilterSays_SendsItsConstantsAsParameters()
    {
        const string Hostile = "'; DROP TABLE `factory`.`quality`.`inspections`; --";
        var before = _rows.Databricks.Workspace.Statements.Count;

        await _rows.Databricks.RowsAsync(filter: $"line = '{Hostile.Replace("'", "''", StringComparison.Ordinal)}' OR notes LIKE '%secret\\%' OR n = 424242 OR score > 42.5 OR seen = DATE '2019-09-09'");

        var sent = _rows.Databricks.Workspace.Statements.Skip(before).Single();
        foreach (var constant in new[] { "DROP", "secret", "424242", "42.5", "2019" }) Assert.That(sent.Text, Does.Not.Contain(constant));
        Assert.That(sent.Parameters.Select(parameter => parameter.Value), Is.SupersetOf(new[] { Hostile, "%secret\\\\%", "424242", "42.5", "2019-09-09" }));
    }
}
