using Mirion.Generation.FakeDatabricks;

namespace Mirion.Generation.Infrastructure.IntegrationTests.FakeDatabricks;

/// <summary>A workspace for each test, and its owner calling it.</summary>
public abstract class WorkspaceFixture
{
    private protected FakeDatabricksWorkspace Workspace { get; private set; } = null!;

    private protected Wire Api { get; private set; } = null!;

    private protected virtual FakeDatabricksOptions Options => new();

    [SetUp]
    public async Task StartWorkspaceAsync()
    {
        Workspace = await FakeDatabricksWorkspace.StartAsync(Options);
        Api = As(Workspace.Token);
    }

    [TearDown]
    public async Task StopWorkspaceAsync()
    {
        Api.Dispose();
        await Workspace.DisposeAsync();
    }

    private protected Wire As(string? token) => new(Workspace, token);
}
