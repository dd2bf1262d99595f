using DuckDB.NET.Data;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local;

[TestFixture]
public sealed class WorkspaceSecurityTests
{
    private TemporaryFolder _folder = null!;
    private LocalHost _host = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _host = await LocalHost.PreparedAsync(_folder.Path);
        Directory.CreateDirectory(_folder.Path + "-beside");
        await File.WriteAllTextAsync(_folder.Path + "-beside/secret.csv", "x\nsecret\n");
        await File.WriteAllTextAsync(Path.Combine(_host.Database.Folder.Tables, "open.csv"), "x\nopen\n");
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task Read_WhenTheFileIsInTheWorkspace_IsAllowed() =>
        Assert.That(await _host.QueryAsync($"SELECT x FROM read_csv({Literal(_host.Database.Folder.Tables + "/open.csv")})"), Is.EqualTo(new[] { "open" }));

    [TestCase("SELECT column0 AS x FROM read_csv('/etc/passwd')")]
    [TestCase("SELECT content AS x FROM read_text('/etc/passwd')")]
    [TestCase("SELECT filename AS x FROM read_blob('/etc/passwd')")]
    [TestCase("SELECT file AS x FROM glob('/etc/*')")]
    [TestCase("SELECT x FROM '/etc/passwd.csv'")]
    [TestCase("SELECT Delimiter AS x FROM sniff_csv('/etc/passwd')")]
    [TestCase("SELECT x FROM read_csv({root-beside/secret.csv})")]
    [TestCase("SELECT x FROM read_csv({root/../work; space='ü'-beside/secret.csv})")]
    [TestCase("SELECT x FROM read_csv({root/tables/../../work; space='ü'-beside/secret.csv})")]
    [TestCase("SELECT column0 AS x FROM read_csv('../../../../../../../../../../etc/passwd')")]
    [TestCase("SELECT x FROM read_parquet('https://127.0.0.1:9/x.parquet')")]
    [TestCase("SELECT x FROM read_csv('s3://bucket/x.csv')")]
    [TestCase("SELECT x FROM read_duckdb({root-beside/x.duckdb})")]
    public void Read_WhenTheFileIsOutsideOfTheWorkspace_IsRefused(string query) =>
        Assert.That(() => _host.QueryAsync(InThisFolder(query)), Throws.InstanceOf<DuckDBException>().With.Message.Not.Contains("Parser Error"));

    [TestCase("COPY (SELECT 1) TO {root-beside/out.csv}")]
    [TestCase("COPY (SELECT 1) TO {root/../out.csv}")]
    [TestCase("ATTACH {root-beside/other.duckdb}")]
    [TestCase("ATTACH {root/../other.duckdb}")]
    [TestCase("EXPORT DATABASE {root-beside/export}")]
    [TestCase("IMPORT DATABASE {root-beside}")]
    [TestCase("CREATE TABLE stolen AS SELECT * FROM read_csv({root-beside/secret.csv})")]
    [TestCase("INSTALL httpfs")]
    [TestCase("INSTALL sqlite FROM community")]
    [TestCase("LOAD {root-beside/evil.duckdb_extension}")]
    [TestCase("SET enable_external_access = true")]
    [TestCase("SET GLOBAL allowed_directories = ['/']")]
    [TestCase("SET lock_configuration = false")]
    [TestCase("RESET enable_external_access")]
    [TestCase("SET temp_directory = '/tmp'")]
    [TestCase("SET TimeZone = 'Asia/Tokyo'")]
    [TestCase("SET profiling_output = {root-beside/profile.json}")]
    [TestCase("CREATE PERSISTENT SECRET s (TYPE s3, KEY_ID 'a', SECRET 'b')")]
    public void Execute_WhenItReachesOutOfTheWorkspace_IsRefused(string statement)
    {
        Assert.That(() => _host.ExecuteAsync(InThisFolder(statement)), Throws.InstanceOf<DuckDBException>().With.Message.Not.Contains("Parser Error"));

        Assert.That(Directory.GetFileSystemEntries(Path.GetDirectoryName(_folder.Path)!, "*", SearchOption.TopDirectoryOnly), Has.Length.EqualTo(2));
        Assert.That(Directory.GetFileSystemEntries(_folder.Path + "-beside"), Has.Length.EqualTo(1));
    }

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    // {root...} is a path that begins like the workspace's.
    private string InThisFolder(string text)
    {
        var (start, end) = (text.IndexOf("{root", StringComparison.Ordinal), text.IndexOf('}', StringComparison.Ordinal));
        return start < 0 ? text : text[..start] + Literal(_folder.Path + text[(start + "{root".Length)..end]) + text[(end + 1)..];
    }
}
