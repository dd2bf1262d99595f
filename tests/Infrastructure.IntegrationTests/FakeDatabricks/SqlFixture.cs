using Mirion.Generation.FakeDatabricks;

namespace Mirion.Generation.Infrastructure.IntegrationTests.FakeDatabricks;

/// <summary>Statements sent to a workspace that each test has for itself.</summary>
public abstract class SqlFixture : WorkspaceFixture
{
    private protected SqlCalls Sql => new(Workspace, Api);
}

/// <summary>Statements sent to one workspace by all tests, which leave nothing behind in it.</summary>
public abstract class SharedSqlFixture
{
    private FakeDatabricksWorkspace _workspace = null!;
    private Wire _api = null!;

    private protected SqlCalls Sql => new(_workspace, _api);

    [OneTimeSetUp]
    public async Task StartWorkspaceAsync()
    {
        _workspace = await FakeDatabricksWorkspace.StartAsync();
        _api = new Wire(_workspace, _workspace.Token);
    }

    [OneTimeTearDown]
    public async Task StopWorkspaceAsync()
    {
        _api.Dispose();
        await _workspace.DisposeAsync();
    }
}
