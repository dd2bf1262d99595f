using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Local;
using Mirion.Generation.Infrastructure.Local.Sources.Tables;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local.Sources;

[TestFixture]
public sealed class TableFileTests
{
    private const string OneRow = "id,a\n1,x\n";

    private LocalFiles _files = null!;

    [OneTimeSetUp]
    public void Start() => _files = new LocalFiles();

    [TearDown]
    public void Clear() => _files.Clear();

    [OneTimeTearDown]
    public async Task StopAsync() => await _files.DisposeAsync();

    [Test]
    public async Task DescribeAsync_WhenTwoFilesAreTheTable_NamesBoth()
    {
        _files.Write("csv", OneRow);
        _files.Write("jsonl", "{\"id\":1}\n");

        var refusal = await RefusalAsync(LocalFiles.Table);

        Assert.That(refusal.Code, Is.EqualTo("source_not_found"));
        Assert.That(refusal.Message, Does.Contain("inspections.csv").And.Contain("inspections.jsonl"));
    }

    [Test]
    public async Task DescribeAsync_WhenTheNameIsNearlyRight_NamesTheTablesThereAre()
    {
        _files.Write("csv", OneRow);
        _files.Write("csv", "id\n"u8.ToArray(), "elsewhere.else.entirely");

        var refusal = await RefusalAsync("factory.quality.inspektions");

        Assert.That(refusal.Message, Does.Contain("factory.quality.inspections").And.Not.Contain("elsewhere"));
    }

    [Test]
    public async Task DescribeAsync_WhenNoTableHasALikeName_SaysWhereToPutTheFile()
    {
        var refusal = await RefusalAsync("a.b.c");

        Assert.That(refusal.Message, Does.Contain("c.csv").And.Contain(Path.Combine(_files.Root, "tables", "a", "b")));
    }

    [Test]
    public async Task DescribeAsync_WhenOtherFilesLieBeside_LooksAtTablesOnly()
    {
        var path = _files.Write("csv", OneRow);
        await File.WriteAllTextAsync(Path.ChangeExtension(path, "csv.bak"), "x");
        await File.WriteAllTextAsync(Path.ChangeExtension(path, "md"), "x");
        Directory.CreateDirectory(Path.ChangeExtension(path, "parquet"));

        Assert.That(await _files.RowsAsync(), Has.Count.EqualTo(1));
    }

    // Names that would be patterns if DuckDB got them as they are, and would then match the other table as well.
    [TestCase("insp*")]
    [TestCase("insp?")]
    [TestCase("insp[xy]")]
    [TestCase("{inspx,inspy}")]
    [TestCase("insp$1;--")]
    [TestCase("naïve漢")]
    public async Task ReadPagesAsync_WhenTheNameHasSpecialCharacters_ReadsThatTableAlone(string name)
    {
        _files.Write("csv", "id\nwrong\n"u8.ToArray(), "factory.quality.inspx");
        _files.Write("csv", "id\nright\n"u8.ToArray(), $"factory.quality.{name}");

        var items = await _files.ItemsAsync(SheetBuilder.Table(table: $"factory.quality.{name}", itemIdColumn: "id"));

        Assert.That(items.Select(item => item.Ref.Value), Is.EqualTo(new[] { "right" }));
    }

    [Test]
    public async Task ReadPagesAsync_WhenTheWorkspaceLiesInAnOddFolder_ReadsIt()
    {
        var parent = Directory.CreateTempSubdirectory("mirion-source-").FullName;
        await using (var files = new LocalFiles(Path.Combine(parent, "o'dd {a} \"$ naïve")))
        {
            files.Write("csv", OneRow);
            Assert.That(await files.RowsAsync(), Has.Count.EqualTo(1));
            File.Delete(files.Write("csv", OneRow));
            files.Write("jsonl", "{\"id\":1}\n");
            Assert.That(await files.RowsAsync(), Has.Count.EqualTo(1));
        }

        Directory.Delete(parent);
    }

    [Test]
    public async Task DescribeAsync_WhenTheFileIsALinkOutOfTheWorkspace_IsRefused()
    {
        var outside = Path.Combine(Directory.CreateTempSubdirectory("mirion-outside-").FullName, "inspections.csv");
        await File.WriteAllTextAsync(outside, OneRow);
        File.Delete(_files.Write("csv", OneRow));
        File.CreateSymbolicLink(PathOf("factory", "quality", "inspections.csv"), outside);

        var refusal = await RefusalAsync(LocalFiles.Table);

        Assert.That(refusal.Code, Is.EqualTo("source_not_found"));
        Assert.That(refusal.Message, Does.Contain("leads out"));
        Directory.Delete(Path.GetDirectoryName(outside)!, recursive: true);
    }

    [Test]
    public async Task DescribeAsync_WhenAFolderOnTheWayIsALinkOutOfTheWorkspace_IsRefused()
    {
        var outside = Directory.CreateTempSubdirectory("mirion-outside-").FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "inspections.csv"), OneRow);
        Directory.CreateDirectory(PathOf("factory"));
        Directory.CreateSymbolicLink(PathOf("factory", "quality"), outside);

        Assert.That((await RefusalAsync(LocalFiles.Table)).Message, Does.Contain("leads out"));
        Directory.Delete(outside, recursive: true);
    }

    [Test]
    public async Task DescribeAsync_WhenTheFileIsALinkThatLeadsNowhere_IsRefused()
    {
        File.Delete(_files.Write("csv", OneRow));
        File.CreateSymbolicLink(PathOf("factory", "quality", "inspections.csv"), PathOf("none.csv"));

        Assert.That((await RefusalAsync(LocalFiles.Table)).Message, Does.Contain("leads nowhere"));
    }

    [Test]
    public async Task ReadPagesAsync_WhenTheFileIsALinkWithinTheTables_ReadsIt()
    {
        _files.Write("csv", "id\nright\n"u8.ToArray(), "factory.quality.original");
        File.CreateSymbolicLink(PathOf("factory", "quality", "inspections.csv"), "original.csv");

        Assert.That((await _files.RowsAsync()).Keys, Is.EqualTo(new[] { "right" }));
    }

    [Test]
    public async Task ReadPagesAsync_WhenTheWorkspaceItselfIsReachedByALink_ReadsIt()
    {
        var link = $"{_files.Root}-link";
        Directory.CreateSymbolicLink(link, _files.Root);
        var files = new LocalFiles(link);
        files.Write("csv", OneRow);

        Assert.That(await files.RowsAsync(), Has.Count.EqualTo(1));
        Directory.Delete(link);
    }

    [Test]
    public void EnsureUnchanged_WhenTheFileWasWrittenSince_Throws()
    {
        var path = _files.Write("csv", OneRow);
        var file = Found();
        Assert.That(file.EnsureUnchanged, Throws.Nothing);

        File.AppendAllText(path, "2,y\n");

        Assert.That(file.EnsureUnchanged, Throws.InstanceOf<UpstreamException>().With.Message.Contains("was written"));
    }

    [Test]
    public void EnsureUnchanged_WhenTheFileIsGone_Throws()
    {
        var path = _files.Write("csv", OneRow);
        var file = Found();

        File.Delete(path);

        Assert.That(file.EnsureUnchanged, Throws.InstanceOf<UpstreamException>().With.Message.Contains("is gone"));
    }

    [Test]
    public async Task ReadPagesAsync_WhenTheFileGoesAwayAfterTheFirstPage_GoesOn()
    {
        var path = _files.Write("csv", Csv.Of([["id"], .. Enumerable.Range(0, 5_000).Select(i => new[] { $"{i:D4}" })]));
        var count = 0;
        var reading = new SheetReading(SheetBuilder.Table(table: LocalFiles.Table, itemIdColumn: "id"), [], PageSize: 100);
        await foreach (var page in _files.Source.ReadPagesAsync(reading, CancellationToken.None))
        {
            File.Delete(path);
            count += page.Count;
        }

        Assert.That(count, Is.EqualTo(5_000), "a sorted read has all of the file before its first page");
    }

    private TableFile Found() =>
        new TableFiles(new WorkspaceFolder(_files.Root)).Find(new TableSource(TableName.Parse(LocalFiles.Table).Value, "id")).Value;

    private string PathOf(params string[] segments) => Path.Combine([_files.Root, "tables", .. segments]);

    private async Task<Error> RefusalAsync(string table) =>
        (await _files.Source.DescribeAsync(SheetBuilder.Table(table: table, itemIdColumn: "id"), CancellationToken.None)).Error!;
}
