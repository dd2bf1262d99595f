using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Infrastructure.IntegrationTests.Sql;
using Mirion.Generation.Infrastructure.Local;
using Mirion.Generation.Infrastructure.Sql;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local;

[TestFixture]
public sealed class LocalWorkspaceTests
{
    private TemporaryFolder _folder = null!;

    private static CancellationToken None => CancellationToken.None;

    private static int Latest => SchemaUpgrades.Steps[^1].Version;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task PrepareAsync_WhenTheFolderIsNew_MakesTheWorkspace()
    {
        await using var host = LocalHost.At(_folder.Path);

        var preparation = await host.Get<IWorkspace>().PrepareAsync(None);

        Assert.That(preparation, Is.EqualTo(new WorkspacePreparation(_folder.Path, FromVersion: 0, ToVersion: Latest, SampleSeeded: false)));
        Assert.That(Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName), Is.SupersetOf(new[] { "Volumes", "generation.duckdb", "tables" }));
        await host.Get<IWorkspace>().PingAsync(None);
    }

    [Test]
    public async Task PrepareAsync_WhenRepeated_ChangesNothing()
    {
        await using var host = await LocalHost.PreparedAsync(_folder.Path);
        await host.Get<ISheetRepository>().AddAsync(SheetBuilder.Table(), None);
        var before = await DescribeAsync(host);

        var preparation = await host.Get<IWorkspace>().PrepareAsync(None);

        Assert.That((preparation.FromVersion, preparation.ToVersion), Is.EqualTo((Latest, Latest)));
        Assert.That(await DescribeAsync(host), Is.EqualTo(before));
        Assert.That(await host.Get<ISheetRepository>().FindAsync(SheetBuilder.Table().Id, None), Is.Not.Null);
    }

    [Test]
    public async Task PrepareAsync_WhenAnEarlierProgramStoredSomething_KeepsIt()
    {
        await using (var earlier = await LocalHost.PreparedAsync(_folder.Path))
        {
            await earlier.Get<ISheetRepository>().AddAsync(SheetBuilder.Table(), None);
        }

        await using var host = await LocalHost.PreparedAsync(_folder.Path);

        Assert.That(await host.Get<ISheetRepository>().FindAsync(SheetBuilder.Table().Id, None), Is.Not.Null);
    }

    [Test]
    public async Task PrepareAsync_WhenTheTablesAreOfALaterVersion_Refuses()
    {
        await using var host = await LocalHost.PreparedAsync(_folder.Path);
        await host.ExecuteAsync("INSERT INTO schema_version VALUES (99, '2030-01-01')");

        Assert.That(
            () => host.Get<IWorkspace>().PrepareAsync(None),
            Throws.InstanceOf<UpstreamException>().With.Property(nameof(UpstreamException.Code)).EqualTo("workspace_too_new").And.Message.Contains("version 99"));
    }

    [Test]
    public async Task PrepareAsync_Always_SaysInTheStoreWhatTablesAndColumnsMean()
    {
        await using var host = await LocalHost.PreparedAsync(_folder.Path);

        Assert.That(await host.QueryAsync("SELECT table_name AS x FROM duckdb_tables() WHERE comment IS NULL"), Is.Empty);
        Assert.That(await host.QueryAsync("SELECT column_name AS x FROM duckdb_columns() WHERE NOT internal AND comment IS NULL"), Is.Empty);
    }

    [Test]
    public async Task PrepareAsync_WhenTheWorkspaceIsNew_SeedsTheSampleOnce()
    {
        var seeder = new CountingSeeder();
        await using (var host = LocalHost.At(_folder.Path, services => services.AddSingleton<ISampleSeeder>(seeder)))
        {
            Assert.That((await host.Get<IWorkspace>().PrepareAsync(None)).SampleSeeded, Is.True);
            Assert.That((await host.Get<IWorkspace>().PrepareAsync(None)).SampleSeeded, Is.False);
        }

        await using var later = LocalHost.At(_folder.Path, services => services.AddSingleton<ISampleSeeder>(seeder));
        Assert.That((await later.Get<IWorkspace>().PrepareAsync(None)).SampleSeeded, Is.False);
        Assert.That(seeder.Calls, Is.EqualTo(1));
    }

    [Test]
    public async Task PrepareAsync_WhenSeedingWasBrokenOff_SeedsAtTheNextStart()
    {
        var seeder = new CountingSeeder { Fails = true };
        await using (var host = LocalHost.At(_folder.Path, services => services.AddSingleton<ISampleSeeder>(seeder)))
        {
            Assert.That(() => host.Get<IWorkspace>().PrepareAsync(None), Throws.InstanceOf<IOException>());
        }

        seeder.Fails = false;
        await using var later = LocalHost.At(_folder.Path, services => services.AddSingleton<ISampleSeeder>(seeder));
        Assert.That((await later.Get<IWorkspace>().PrepareAsync(None)).SampleSeeded, Is.True);
    }

    [Test]
    public async Task PrepareAsync_WhenAskedNotTo_SeedsNothing()
    {
        var seeder = new CountingSeeder();
        await using var host = LocalHost.At(_folder.Path, services => services.AddSingleton<ISampleSeeder>(seeder).Configure<LocalOptions>(options => options.SeedSample = false));

        Assert.That((await host.Get<IWorkspace>().PrepareAsync(None)).SampleSeeded, Is.False);
        Assert.That(seeder.Calls, Is.Zero);
    }

    [Test]
    public async Task ApplyAsync_WhenThereAreSteps_TakesEachOnceInOrder()
    {
        await using var host = await LocalHost.PreparedAsync(_folder.Path);
        var session = host.Get<ISqlSession>();
        SchemaUpgrade[] steps =
        [
            new(Latest + 1, writer => writer.ExecuteAsync(RawSql.Of("CREATE TABLE later (x VARCHAR)"))),
            new(Latest + 2, writer => writer.ExecuteAsync(RawSql.Of("INSERT INTO later VALUES ('second')"))),
        ];

        Assert.That(await new SchemaUpgrades(session, TimeProvider.System, steps[0]).ApplyAsync(None), Is.EqualTo(new SchemaChange(Latest, Latest + 1)));
        Assert.That(await new SchemaUpgrades(session, TimeProvider.System, steps).ApplyAsync(None), Is.EqualTo(new SchemaChange(Latest + 1, Latest + 2)));
        Assert.That(await new SchemaUpgrades(session, TimeProvider.System, steps).ApplyAsync(None), Is.EqualTo(new SchemaChange(Latest + 2, Latest + 2)));

        Assert.That(await host.QueryAsync("SELECT x FROM later"), Is.EqualTo(new[] { "second" }));
        Assert.That(await host.QueryAsync("SELECT version::VARCHAR AS x FROM schema_version ORDER BY version"), Is.EqualTo(new[] { $"{Latest}", $"{Latest + 1}", $"{Latest + 2}" }));
    }

    [Test]
    public async Task ApplyAsync_WhenAStepFails_KeepsTheVersionBefore()
    {
        await using var host = await LocalHost.PreparedAsync(_folder.Path);
        var session = host.Get<ISqlSession>();
        var broken = new SchemaUpgrade(Latest + 1, async writer =>
        {
            await writer.ExecuteAsync(RawSql.Of("CREATE TABLE half (x VARCHAR)"));
            throw new IOException("broken off");
        });

        Assert.That(() => new SchemaUpgrades(session, TimeProvider.System, broken).ApplyAsync(None), Throws.InstanceOf<IOException>());

        Assert.That(await new SchemaUpgrades(session, TimeProvider.System, SchemaUpgrades.Steps).ApplyAsync(None), Is.EqualTo(new SchemaChange(Latest, Latest)));
        Assert.That(await host.QueryAsync("SELECT table_name AS x FROM duckdb_tables() WHERE table_name = 'half'"), Is.Empty);
    }

    [Test]
    public async Task PrepareAsync_WhenTheTablesAreOfTheFirstVersion_AddsWhatCameLaterAndKeepsWhatIsThere()
    {
        var sheet = TrainingSheetBuilder.Generating();
        await using (var earlier = LocalHost.At(_folder.Path)) await FirstVersion.MakeAsync(earlier.Get<ISqlSession>(), sheet);
        await using var host = LocalHost.At(_folder.Path);

        var preparation = await host.Get<IWorkspace>().PrepareAsync(None);

        Assert.That((preparation.FromVersion, preparation.ToVersion), Is.EqualTo((1, Latest)));
        await FirstVersion.AssertUpgradedAsync(host.Get<ITrainingSheetRepository>(), sheet);
        await FirstVersion.AssertVersionsKeptAsync(host.Get<IPromptTemplateRepository>());
        Assert.That(await host.QueryAsync("SELECT column_name AS x FROM duckdb_columns() WHERE NOT internal AND comment IS NULL"), Is.Empty);
    }

    [Test]
    public async Task PrepareAsync_WhenARunDiedInAnEarlierProcess_FreesItsLeaseAtOnceAndOnce()
    {
        var sheet = TrainingSheetBuilder.Generating().TakenBy(Guid.NewGuid(), Times.Start).Value;
        await using (var earlier = await LocalHost.PreparedAsync(_folder.Path)) await earlier.Get<ITrainingSheetRepository>().AddAsync(sheet, None);

        await using var host = await LocalHost.PreparedAsync(_folder.Path);
        var sheets = host.Get<ITrainingSheetRepository>();
        var freed = (await sheets.FindAsync(sheet.Id, None))!;
        var taken = freed.TakenBy(Guid.NewGuid(), Times.Start).Value;
        Assert.That((freed.Status, freed.Lease), Is.EqualTo((TrainingSheetStatus.Generating, new RunLease(1))));
        Assert.That(await sheets.MoveAsync(taken, freed, None), Is.True);

        await host.Get<IWorkspace>().PrepareAsync(None);

        Assert.That((await sheets.FindAsync(sheet.Id, None))!.Lease, Is.EqualTo(taken.Lease));
    }

    private static Task<IReadOnlyList<string?>> DescribeAsync(LocalHost host) =>
        host.QueryAsync("SELECT sql AS x FROM duckdb_tables() UNION ALL SELECT version::VARCHAR || applied_at::VARCHAR FROM schema_version ORDER BY x");

    private sealed class CountingSeeder : ISampleSeeder
    {
        public int Calls { get; private set; }

        public bool Fails { get; set; }

        public Task SeedAsync(CancellationToken cancellationToken)
        {
            Calls++;
            return Fails ? throw new IOException("broken off") : Task.CompletedTask;
        }
    }
}
