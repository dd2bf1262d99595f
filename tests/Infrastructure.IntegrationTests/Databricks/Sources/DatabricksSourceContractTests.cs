using Mirion.Generation.Application.Ports;
using Mirion.Generation.FakeDatabricks;
using Mirion.Generation.Testing.Contracts;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sources;

/// <summary>The contract over Unity Catalog tables of text columns, and over volumes, in small pages and parts.</summary>
[TestFixture]
public sealed class DatabricksSourceContractTests : SheetSourceContract
{
    private DatabricksSources _sources = null!;

    protected override ISheetSource Source => _sources.Source;

    protected override string FailureCode => "databricks_failed";

    [OneTimeSetUp]
    public async Task StartAsync() => _sources = await DatabricksSources.StartAsync(new FakeDatabricksOptions { RowsPerChunk = 2, DirectoryPage = 2 });

    [TearDown]
    public async Task ClearAsync() => await _sources.ClearAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _sources.DisposeAsync();

    protected override Task PlaceTableAsync(string table, string[] columns, params string?[][] rows) => _sources.WriteAsync(table, columns, rows);

    protected override Task PlaceFileAsync(string path, byte[] bytes) => _sources.Workspace.PlaceFileAsync(path, bytes);

    protected override Task PlaceDirectoryAsync(string path) => _sources.Workspace.PlaceDirectoryAsync(path);
}
