using Microsoft.Extensions.Time.Testing;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.FakeDatabricks;
using Mirion.Generation.FakeDatabricks.Sql;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sources;

/// <summary>How tables are read: by few statements, of few columns, with the user's rights, whatever happens to the links.</summary>
[TestFixture]
public sealed class TableReadingTests
{
    private const int Rows = 11;

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private DatabricksSources _sources = null!;
    private int _before;

    private IEnumerable<SentStatement> Sent => _sources.Workspace.Statements.Skip(_before);

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _sources = await DatabricksSources.StartAsync(new FakeDatabricksOptions { RowsPerChunk = 2, Clock = _clock });
        await _sources.WriteAsync(
            DatabricksSources.Table, ["id", "line", "notes", "remarks"], [.. Enumerable.Range(0, Rows).Select(i => new[] { $"I-{i:D2}", "A", $"note {i}", $"remark {i}" })]);
    }

    [SetUp]
    public void Count() => (_sources.AccessToken, _before) = (null, _sources.Workspace.Statements.Count);

    [OneTimeTearDown]
    public async Task StopAsync() => await _sources.DisposeAsync();

    [Test]
    public async Task DescribeAsync_WhenTheSheetHasAFilter_ExecutesNoStatement()
    {
        Assert.That((await _sources.Source.DescribeAsync(Sheet("line = 'A'"), CancellationToken.None)).Value.Names, Has.Count.EqualTo(4));
        Assert.That(Sent, Is.Empty);
    }

    [Test]
    public async Task TakeCensusAsync_WhateverIsFound_ExecutesOneStatement()
    {
        Assert.That((await _sources.Source.TakeCensusAsync(Sheet("line = 'A'"), CancellationToken.None)).Value.Items, Is.EqualTo(Rows));
        Assert.That(Sent.Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task ReadPagesAsync_WhenThereAreManyPages_ExecutesOneStatementOfTheColumnsAskedFor()
    {
        var pages = await PagesAsync(pageSize: 3, "notes");

        Assert.That(pages.Select(page => page.Count), Is.EqualTo(new[] { 3, 3, 3, 2 }));
        Assert.That(Sent.Single().Text, Does.Contain("`notes`").And.Contain("`id`").And.Not.Contain("remarks").And.Not.Contain("`line`"));
    }

    [Test]
    public async Task ReadItemsAsync_WhenThousandsAreNamed_ExecutesOneStatement()
    {
        var names = Enumerable.Range(0, 5_000).Select(i => new ItemRef($"I-{i:D2}")).ToArray();

        var items = await _sources.Source.ReadItemsAsync(Sheet(), ["line"], names, CancellationToken.None);

        Assert.That(items, Has.Count.EqualTo(Rows));
        Assert.That(Sent.Single().Parameters, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ReadPagesAsync_WhenTheUserBroughtAToken_HasTheUsersRightsThroughout()
    {
        _sources.AccessToken = _sources.Workspace.AddUserToken("reader");
        var before = _sources.Workspace.Requests.Count;

        await PagesAsync(pageSize: 3, "notes");
        await _sources.Source.TakeCensusAsync(Sheet(), CancellationToken.None);

        var requests = _sources.Workspace.Requests.Skip(before).ToArray();
        Assert.That(requests.Select(request => request.Identity), Is.All.EqualTo("reader"));
        Assert.That(requests.Select(request => request.Path), Has.Some.Contains("/unity-catalog/tables/").And.Some.EndWith("/sql/statements").And.Some.Contains("/result/chunks/"));
    }

    [Test]
    public async Task ReadPagesAsync_WhenLinksExpireInTheMiddle_GoesOnWithNewOnes()
    {
        var names = new List<string>();
        await foreach (var page in _sources.Source.ReadPagesAsync(new SheetReading(Sheet(), ["notes"], PageSize: 2), CancellationToken.None))
        {
            names.AddRange(page.Select(item => item.Ref.Value));
            _clock.Advance(TimeSpan.FromMinutes(names.Count == 4 ? 16 : 0));
            if (names.Count == 4) _sources.Workspace.EndLinks(2);
        }

        Assert.That(_sources.Workspace.EndedLinks, Is.Zero, "or nothing was tried here");

        Assert.That(names, Is.EqualTo(Enumerable.Range(0, Rows).Select(i => $"I-{i:D2}")));
        Assert.That(Sent.Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task DescribeAsync_WhenTheUserMayNotSeeTheTable_SaysWhatIsMissing()
    {
        _sources.AccessToken = _sources.Workspace.AddUserToken("stranger");
        _sources.Workspace.Deny("stranger", "/api/2.1/unity-catalog");

        var refusal = (await _sources.Source.DescribeAsync(Sheet(), CancellationToken.None)).Error!;

        Assert.That((refusal.Kind, refusal.Code), Is.EqualTo((ErrorKind.Unprocessable, "source_not_found")));
        Assert.That(refusal.Message, Does.Contain("may not see").And.Contain("SELECT"));
    }

    [TestCase("[TABLE_OR_VIEW_NOT_FOUND] The table or view cannot be found.", "42P01", "source_not_found")]
    [TestCase("[INSUFFICIENT_PERMISSIONS] User does not have SELECT on the table.", "42501", "source_not_found")]
    [TestCase("[DIVIDE_BY_ZERO] Division by zero.", "22012", "filter_invalid")]
    public async Task TakeCensusAsync_WhenTheStatementFailsForTheSheetsSake_IsRefused(string message, string state, string code)
    {
        _sources.Workspace.FailStatements(new StatementFault { Message = $"{message} SQLSTATE: {state}", SqlState = state });

        Assert.That((await _sources.Source.TakeCensusAsync(Sheet("line = 'A'"), CancellationToken.None)).Error!.Code, Is.EqualTo(code));
    }

    [Test]
    public void ReadPagesAsync_WhenTheTableIsGoneByThen_Throws()
    {
        _sources.Workspace.FailStatements(new StatementFault { Message = "[TABLE_OR_VIEW_NOT_FOUND] Gone. SQLSTATE: 42P01", SqlState = "42P01" });

        Assert.That(async () => await PagesAsync(3, "notes"), Throws.InstanceOf<UpstreamException>().With.Message.Contain("does not exist").And.Property("Code").EqualTo("databricks_failed"));
    }

    [Test]
    public void TakeCensusAsync_WhenTheWarehouseItselfFails_Throws()
    {
        _sources.Workspace.FailStatements(new StatementFault { Message = "[DIVIDE_BY_ZERO] Division by zero. SQLSTATE: 22012", SqlState = "22012" });

        Assert.That(async () => await _sources.Source.TakeCensusAsync(Sheet(), CancellationToken.None), Throws.InstanceOf<UpstreamException>(), "without a filter there is nothing of the sheet's that could divide");
    }

    private static Sheet Sheet(string? filter = null) => SheetBuilder.Table(table: DatabricksSources.Table, itemIdColumn: "id", filter: filter);

    private async Task<List<IReadOnlyList<SheetItem>>> PagesAsync(int pageSize, params string[] columns)
    {
        var pages = new List<IReadOnlyList<SheetItem>>();
        await foreach (var page in _sources.Source.ReadPagesAsync(new SheetReading(Sheet(), columns, PageSize: pageSize), CancellationToken.None)) pages.Add(page);
        return pages;
    }
}
