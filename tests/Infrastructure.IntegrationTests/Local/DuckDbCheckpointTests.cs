using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Local;
using Mirion.Generation.Infrastructure.Local.Sources;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local;

/// <summary>The log of a database is kept short also while a run reads, so that neither it nor memory grows with the sheet.</summary>
[TestFixture]
public sealed class DuckDbCheckpointTests
{
    private TemporaryFolder _folder = null!;
    private LocalHost _host = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _host = await LocalHost.PreparedAsync(_folder.Path);
        Directory.CreateDirectory(Path.Combine(_host.Database.Folder.Tables, "a", "b"));
        await File.WriteAllLinesAsync(Path.Combine(_host.Database.Folder.Tables, "a", "b", "items.csv"), Enumerable.Range(0, 10_000).Select(i => $"{i}").Prepend("id"));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task MoveLog_WhileItemsMarksAndLabelsAreRead_LeavesNone()
    {
        await _host.ExecuteAsync("CREATE TABLE numbers AS SELECT range AS x FROM range(10000)");
        var labels = _host.Get<ICanonicalLabelRepository>();
        await labels.UpsertAsync(LabelBuilder.Label("0"), CancellationToken.None);
        var label = LabelBuilder.Label();
        await using var lookup = labels.BeginLookup(label.Key.SheetId, label.Key.LabelType, items: 1_000_000);
        Assert.That(await lookup.FindAsync([LabelBuilder.Label("0").Key.ItemRef], CancellationToken.None), Has.None.Null);
        var source = _host.Get<ISheetSource>();
        await using var pages = source.ReadPagesAsync(new SheetReading(SheetBuilder.Table(table: "a.b.items", itemIdColumn: "id"), [], PageSize: 10), CancellationToken.None).GetAsyncEnumerator();
        Assert.That(await pages.MoveNextAsync(), Is.True);
        await using var marks = _host.Get<IQAPairRepository>().StreamMarksAsync(new("t"), CancellationToken.None).GetAsyncEnumerator();
        await marks.MoveNextAsync();

        await _host.ExecuteAsync("UPDATE numbers SET x = 0 WHERE x = 1");
        await MoveLogAsync();

        Assert.That(new FileInfo(_host.Database.Folder.LogFile) is not { Exists: true, Length: > 1000 }, Is.True);
        Assert.That(await pages.MoveNextAsync(), Is.True);
        Assert.That(await _host.QueryAsync("SELECT CAST(count(*) AS VARCHAR) AS x FROM numbers WHERE x = 0"), Is.EqualTo(new[] { "2" }));
    }

    [Test]
    public async Task MoveLog_WhileSomebodyReadsInTheDatabase_WaitsForTheNextCommit()
    {
        await _host.ExecuteAsync("CREATE TABLE numbers AS SELECT range AS x FROM range(10000)");
        await using (var connection = await _host.Database.OpenAsync(CancellationToken.None))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT x FROM numbers";
            command.UseStreamingMode = true;
            await using var reader = await command.ExecuteReaderAsync();
            Assert.That(await reader.ReadAsync(), Is.True);
            Assert.That(MoveLogAsync, Throws.Nothing);
        }

        await MoveLogAsync();

        Assert.That(new FileInfo(_host.Database.Folder.LogFile) is not { Exists: true, Length: > 0 }, Is.True);
    }

    // Two databases that spill into one folder overwrite each other's files.
    [Test]
    public async Task Spilling_OfTablesAndOfSources_GoesIntoFoldersOfTheirOwn()
    {
        const string Folder = "SELECT current_setting('temp_directory') AS x";
        await using var connection = _host.Get<SourceDatabase>().Open();
        await using var command = connection.CreateCommand();
        command.CommandText = Folder;
        string?[] folders = [(await _host.QueryAsync(Folder))[0], (string?)await command.ExecuteScalarAsync()];

        Assert.That(folders, Is.Unique.And.All.StartsWith(_host.Database.Folder.Root));
    }

    private async Task MoveLogAsync()
    {
        await using var connection = await _host.Database.OpenAsync(CancellationToken.None);
        DuckDbCheckpoint.IfLonger(connection, _host.Database.Folder, bytes: 0);
    }
}
