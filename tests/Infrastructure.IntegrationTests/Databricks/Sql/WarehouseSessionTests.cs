using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.FakeDatabricks.Faults;
using Mirion.Generation.FakeDatabricks.Sql;
using Mirion.Generation.Infrastructure.Databricks.Sql;
using Mirion.Generation.Infrastructure.IntegrationTests.Models;
using Mirion.Generation.Infrastructure.Sql;
using Mirion.Generation.Testing.Builders;
using Warehouse = Mirion.Generation.Infrastructure.Databricks.Sql.Warehouse;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sql;

/// <summary>Writing through what goes wrong: nothing is lost, nothing is there twice, nothing stays in the staging volume.</summary>
[TestFixture]
public sealed class WarehouseSessionTests
{
    private readonly MigratedWorkspace _workspace = new();
    private readonly SkippingClock _clock = new(TimeSpan.FromSeconds(100));

    private ITrainingSheetRepository Sheets => _workspace.Get<ITrainingSheetRepository>();

    private static CancellationToken None => CancellationToken.None;

    [OneTimeSetUp]
    public Task StartAsync() => _workspace.StartAsync(_clock);

    [SetUp]
    public async Task ClearAsync()
    {
        await _workspace.ClearAsync();
        await Sheets.AddAsync(TrainingSheetBuilder.Generating(), None);
    }

    [TearDown]
    public void LeftNothing()
    {
        _workspace.Workspace.Faults.Clear();
        Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(_workspace.Workspace.Folder, "Volumes", "main", "mirion", "staging")), Is.Empty);
    }

    [OneTimeTearDown]
    public Task StopAsync() => _workspace.StopAsync();

    private static IEnumerable<TestCaseData> Troubles()
    {
        yield return new TestCaseData("POST", Fault.Reset().AfterTheWork(), "MERGE INTO").SetArgDisplayNames("the reply to the merge is lost");
        yield return new TestCaseData("POST", Fault.Error(504, "DEADLINE_EXCEEDED").AfterTheWork(), "MERGE INTO").SetArgDisplayNames("the merge is answered too late");
        yield return new TestCaseData("POST", Fault.Reset().AfterTheWork(), "UPDATE ").SetArgDisplayNames("the reply to the count is lost");
        yield return new TestCaseData("PUT", Fault.Reset().AfterTheWork(), null).SetArgDisplayNames("the reply to the upload is lost");
        yield return new TestCaseData("DELETE", Fault.Reset().AfterTheWork(), null).SetArgDisplayNames("the reply to the removal is lost");
        yield return new TestCaseData("*", Fault.Error(429, "REQUEST_LIMIT_EXCEEDED"), null).SetArgDisplayNames("fewer calls are asked for");
        yield return new TestCaseData("*", Fault.Html(503), null).SetArgDisplayNames("nobody is there");
    }

    [TestCaseSource(nameof(Troubles))]
    public async Task CommitBatchAsync_WhenACallGoesWrong_StoresEveryPairOnce(string method, Fault fault, string? body)
    {
        _workspace.Workspace.Faults.Next(method, "/api/*", fault, times: body is null ? 3 : 1, bodyContains: body);

        Assert.That(await CommitAsync(), Is.True);

        Assert.That(_workspace.Workspace.Faults.Pending, Is.Zero);
        await AssertStoredAsync();
    }

    [Test]
    public async Task CommitBatchAsync_WhenOthersWriteAtTheSameTime_TriesAgain()
    {
        _workspace.Workspace.FailStatements(StatementFault.ConcurrentAppend, times: 3, text => text.StartsWith("MERGE", StringComparison.Ordinal));
        _workspace.Workspace.FailStatements(StatementFault.TemporarilyUnavailable, times: 2, text => text.StartsWith("UPDATE", StringComparison.Ordinal));

        Assert.That(await CommitAsync(), Is.True);

        await AssertStoredAsync();
    }

    [Test]
    public async Task CommitBatchAsync_WhenTheMergeFails_RemovesItsFileAndSaysSo()
    {
        _workspace.Workspace.FailStatements(new StatementFault { Message = "[SOMETHING_SECRET] `x`" }, matching: text => text.StartsWith("MERGE", StringComparison.Ordinal));

        await Assert.ThatAsync(CommitAsync, Throws.InstanceOf<StatementFailedException>());

        Assert.That((await _workspace.Get<IQAPairRepository>().TallyAsync(new("ts-1"), None)).Total, Is.Zero);
    }

    [Test]
    public async Task CommitBatchAsync_WhenItsFileCannotBeRemoved_IsDoneAllTheSame()
    {
        _workspace.Workspace.Faults.Next("DELETE", "/api/2.0/fs/files/*", Fault.Error(403, "PERMISSION_DENIED"));

        Assert.That(await CommitAsync(), Is.True);

        await AssertStoredAsync();
        var file = Directory.EnumerateFiles(Path.Combine(_workspace.Workspace.Folder, "Volumes", "main", "mirion", "staging")).Single();
        Assert.That(_workspace.Host.Logs.Text, Does.Contain(Path.GetFileName(file)));
        File.Delete(file);
    }

    [Test]
    public async Task CommitBatchAsync_WhenItIsRepeated_IsWrittenOnce()
    {
        await CommitAsync();
        await CommitAsync();

        await AssertStoredAsync();
    }

    [Test]
    public async Task CommitBatchAsync_Always_TakesTwoStatements()
    {
        var before = _workspace.Workspace.Statements.Count;

        await Sheets.CommitBatchAsync(TrainingSheetBuilder.Generating(), [.. Enumerable.Range(0, 2500).Select(i => PairBuilder.FromModel($"item-{i}", i))], None);

        Assert.That(_workspace.Workspace.Statements.Count - before, Is.EqualTo(2));
    }

    [Test]
    public async Task ImportAsync_WhenItIsBrokenOff_LeavesNoFile()
    {
        var labels = _workspace.Get<ICanonicalLabelRepository>();
        await using (var import = await labels.BeginImportAsync(None))
        {
            await import.AddAsync([LabelBuilder.Label("a")], None);
            await import.AddAsync([LabelBuilder.Label("b")], None);
        }

        Assert.That(await labels.CountAsync(new SheetId("inspections"), new("classification"), None), Is.Zero);
    }

    [Test]
    public async Task FindForItemsAsync_WhenTheRefsAreLong_AsksInSeveralStatements()
    {
        var labels = _workspace.Get<ICanonicalLabelRepository>();
        var refs = Enumerable.Range(0, 900).Select(i => new ItemRef($"{i}{new string('"', 500)}")).ToArray();
        await labels.UpsertAsync(LabelBuilder.Label(refs[0].Value), None);
        await labels.UpsertAsync(LabelBuilder.Label(refs[^1].Value), None);
        var before = _workspace.Workspace.Statements.Count;

        var found = await labels.FindForItemsAsync(new SheetId("inspections"), new("classification"), refs, None);

        Assert.That(found.Keys, Is.EquivalentTo(new[] { refs[0], refs[^1] }));
        Assert.That(_workspace.Workspace.Statements.Count - before, Is.EqualTo(2));
    }

    [TestCase("x`; DROP TABLE `main`.`mirion`.`sheets`; --")]
    [TestCase("it's \"quoted\" \\ and ``ticked``")]
    public async Task QueryAsync_WhenNamesAndTextsAreHostile_TakesThemForWhatTheyAre(string hostile)
    {
        var name = new SqlName(hostile);
        var query = SqlStatement.Of($"SELECT {name} AS x FROM (SELECT {hostile} AS {name}) WHERE {name} = {hostile}");

        Assert.That(await _workspace.Get<Warehouse>().QueryAsync(query, row => row.Text("x"), StatementRights.User, None), Is.EqualTo(new[] { hostile }));
        Assert.That(await Sheets.FindAsync(new("ts-1"), None), Is.Not.Null);
    }

    [Test]
    public void Literal_WhenATextCouldBeMisread_IsRefused()
    {
        var dialect = _workspace.Get<DatabricksDialect>();

        Assert.That(dialect.Literal(@"it's a \ and `"), Is.EqualTo(@"'it\'s a \\ and `'"));
        Assert.That(() => dialect.Literal("a\nb"), Throws.ArgumentException);
        Assert.That(() => dialect.Literal("${env:HOME}"), Throws.ArgumentException);
    }

    private Task<bool> CommitAsync() => Sheets.CommitBatchAsync(TrainingSheetBuilder.Generating(), [.. Pairs], None);

    private static IEnumerable<QAPair> Pairs => Enumerable.Range(0, 3).Select(i => PairBuilder.FromModel($"item-{i}", i));

    private async Task AssertStoredAsync()
    {
        var page = await _workspace.Get<IQAPairRepository>().ListAsync(new("ts-1"), new QAPairFilter(), new(10), None);
        Assert.That(page.Items.Select(pair => pair.Id), Is.EqualTo(Pairs.Select(pair => pair.Id)));
    }
}
