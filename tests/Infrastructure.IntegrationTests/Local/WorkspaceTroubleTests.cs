using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Infrastructure.Sql;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local;

[TestFixture]
public sealed class WorkspaceTroubleTests
{
    private TemporaryFolder _folder = null!;

    private static CancellationToken None => CancellationToken.None;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task PrepareAsync_WhenAnotherProgramHasTheWorkspace_SaysSo()
    {
        using var other = await OtherProgram.HoldingAsync(_folder.Path);
        await using var host = LocalHost.At(_folder.Path);

        var thrown = (await Assert.ThrowsAsync<UpstreamException>(() => host.Get<IWorkspace>().PrepareAsync(None)))!;

        Assert.That((thrown.Code, thrown.Fault), Is.EqualTo(("workspace_in_use", UpstreamFault.Unavailable)));
        Assert.That(thrown.Message, Does.Contain(_folder.Path).And.Contain("Workspace:Local:Path"));
    }

    [Test]
    public async Task PrepareAsync_WhenTheOtherProgramEnded_Works()
    {
        using var other = await OtherProgram.HoldingAsync(_folder.Path);
        await using var host = LocalHost.At(_folder.Path);
        Assert.That(() => host.Get<IWorkspace>().PrepareAsync(None), Throws.InstanceOf<UpstreamException>());

        await other.KillAsync();

        Assert.That((await host.Get<IWorkspace>().PrepareAsync(None)).ToVersion, Is.EqualTo(SchemaUpgrades.Steps[^1].Version));
    }

    [Test]
    public async Task PrepareAsync_WhenAnotherHostOfThisProcessHasTheWorkspace_SaysSo()
    {
        await using var first = await LocalHost.PreparedAsync(_folder.Path);
        await using var second = LocalHost.At(_folder.Path);

        Assert.That(
            () => second.Get<IWorkspace>().PrepareAsync(None),
            Throws.InstanceOf<UpstreamException>().With.Property(nameof(UpstreamException.Code)).EqualTo("workspace_in_use"));
        await first.Get<IWorkspace>().PingAsync(None);
    }

    [Test]
    public async Task PrepareAsync_WhenTwoHostsHaveFoldersOfTheirOwn_KeepsThemApart()
    {
        using var other = new TemporaryFolder();
        await using var first = await LocalHost.PreparedAsync(_folder.Path);
        await using var second = await LocalHost.PreparedAsync(other.Path);

        await first.Get<ISheetRepository>().AddAsync(SheetBuilder.Table(), None);

        Assert.That(await second.Get<ISheetRepository>().FindAsync(SheetBuilder.Table().Id, None), Is.Null);
        Assert.That(
            () => second.QueryAsync($"SELECT content AS x FROM read_text('{first.Database.Folder.DatabaseFile.Replace("'", "''", StringComparison.Ordinal)}')"),
            Throws.Exception.With.Message.Contains("Permission Error"));
    }

    [Test]
    public async Task PrepareAsync_WhenTheFileIsNoDatabase_SaysWhichFile()
    {
        await using var host = LocalHost.At(_folder.Path);
        host.Database.Folder.Create();
        await File.WriteAllTextAsync(host.Database.Folder.DatabaseFile, new string('x', 20_000));

        await AssertFailsAsync(() => host.Get<IWorkspace>().PrepareAsync(None), host.Database.Folder.DatabaseFile);
    }

    [Test]
    public async Task FindAsync_WhenTheFileIsDamaged_SaysWhichFile()
    {
        await using (var earlier = await LocalHost.PreparedAsync(_folder.Path))
        {
            await earlier.ExecuteAsync("INSERT INTO sheets SELECT 's' || i, md5(i::VARCHAR), NULL, 'uc_table', md5((i * 7)::VARCHAR), NULL, NULL, NULL, [], [], [], NULL, 'all', NULL, [], [] FROM range(100000) AS t(i)");
        }

        await using var host = LocalHost.At(_folder.Path);
        await using (var file = File.OpenWrite(host.Database.Folder.DatabaseFile))
        {
            // Past the headers and the catalog: the rows.
            for (file.Position = 512 * 1024; file.Position < file.Length;) await file.WriteAsync(new byte[4096]);
        }

        await AssertFailsAsync(() => host.QueryAsync("SELECT source_table AS x FROM sheets"), host.Database.Folder.DatabaseFile);
    }

    [Test]
    public async Task PrepareAsync_WhenTheFolderCannotBeMade_SaysSo()
    {
        await File.WriteAllTextAsync(_folder.Path, "a file stands in its place");
        await using var host = LocalHost.At(_folder.Path);

        await AssertFailsAsync(() => host.Get<IWorkspace>().PrepareAsync(None), _folder.Path);
    }

    [Test]
    public async Task CommitBatchAsync_WhenTheProcessIsKilled_KeepsWholeBatchesOnly()
    {
        using var other = OtherProgram.WritingTo(_folder.Path);
        long told;
        do
        {
            told = await other.ReadAsync();
        }
        while (told < 100);
        await other.KillAsync();

        await using var host = await LocalHost.PreparedAsync(_folder.Path);
        var id = new TrainingSheetId("ts-1");
        var counted = await host.Get<IQAPairRepository>().TallyAsync(id, None);

        Assert.That((await host.Get<ITrainingSheetRepository>().FindAsync(id, None))!.Tally, Is.EqualTo(counted));
        Assert.That(counted.Total, Is.AtLeast(told).And.Matches<long>(total => total % 10 == 0));
    }

    [Test]
    public async Task WriteAsync_WhenTheWorkFails_StoresNothing()
    {
        await using var host = await LocalHost.PreparedAsync(_folder.Path);
        var pair = PairBuilder.FromModel();

        Assert.That(
            () => host.Get<ISqlSession>().WriteAsync<bool>(
                async writer =>
                {
                    await writer.PutAsync(QAPairRows.Table, [pair]);
                    throw new InvalidOperationException("after the pairs are written");
                },
                None),
            Throws.InvalidOperationException);

        Assert.That(await host.Get<IQAPairRepository>().FindAsync(pair.Id, None), Is.Null);
        await host.Get<ITrainingSheetRepository>().AddAsync(TrainingSheetBuilder.Generating(), None);
        await host.Get<ITrainingSheetRepository>().CommitBatchAsync(TrainingSheetBuilder.Generating().Having(pair), [pair], None);
        Assert.That(await host.Get<IQAPairRepository>().FindAsync(pair.Id, None), Is.Not.Null);
    }

    [Test]
    public async Task WriteAsync_WhenCancelledWhileItWaits_GivesItsTurnBack()
    {
        await using var host = await LocalHost.PreparedAsync(_folder.Path);
        using var cancelling = new CancellationTokenSource();
        await host.Database.WriteTurn.WaitAsync(None);

        var waiting = host.Get<ISheetRepository>().AddAsync(SheetBuilder.Table(), cancelling.Token);
        await cancelling.CancelAsync();
        Assert.That(() => waiting, Throws.InstanceOf<OperationCanceledException>());

        host.Database.WriteTurn.Release();
        Assert.That(await host.Get<ISheetRepository>().AddAsync(SheetBuilder.Table(), None), Is.True);
    }

    [Test]
    public async Task QueryAsync_WhenCancelledWhileDuckDbComputes_Stops()
    {
        await using var host = await LocalHost.PreparedAsync(_folder.Path);
        using var cancelling = new CancellationTokenSource();
        var session = host.Get<ISqlSession>();

        // Would take hours.
        var query = session.QueryAsync(RawSql.Of("SELECT count(*)::VARCHAR AS x FROM range(10000000000) a, range(10000000) b WHERE hash(a.range, b.range) = 1"), row => row.Text("x"), cancelling.Token);
        await cancelling.CancelAsync();

        Assert.That(() => query, Throws.InstanceOf<OperationCanceledException>());
        await host.Get<IWorkspace>().PingAsync(None);
    }

    [Test]
    public async Task AddAsync_WhenATextHoldsHalfACharacter_IsRefusedBeforeItIsStoredAsAnother()
    {
        await using var host = await LocalHost.PreparedAsync(_folder.Path);
        var pair = QAPair.FromCanonicalLabel(PairBuilder.Origin(), LabelBuilder.Label(labeledBy: "half \ud83d"));

        Assert.That(() => host.Get<ISheetRepository>().AddAsync(SheetBuilder.Table(name: "half \ud83d"), None), Throws.InstanceOf<ArgumentException>());
        await host.Get<ITrainingSheetRepository>().AddAsync(TrainingSheetBuilder.Generating(), None);
        Assert.That(
            () => host.Get<ITrainingSheetRepository>().CommitBatchAsync(TrainingSheetBuilder.Generating().Having(pair), [pair], None), Throws.InstanceOf<ArgumentException>());

        Assert.That((await host.Get<ISheetRepository>().ListAsync(new PageRequest(1), None)).Items, Is.Empty);
        Assert.That(await host.Get<IQAPairRepository>().FindAsync(pair.Id, None), Is.Null);
    }

    private static async Task AssertFailsAsync(Func<Task> act, string named)
    {
        var thrown = (await Assert.ThrowsAsync<UpstreamException>(() => act()))!;
        Assert.That((thrown.Code, thrown.Fault), Is.EqualTo(("workspace_failed", UpstreamFault.Unavailable)));
        Assert.That(thrown.Message, Does.Contain(named));
    }
}
