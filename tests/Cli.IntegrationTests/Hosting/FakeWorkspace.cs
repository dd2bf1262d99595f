using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Cli.IntegrationTests.Hosting;

/// <summary>A workspace that is as a test says.</summary>
internal sealed class FakeWorkspace : IWorkspace
{
    /// <summary>What preparing finds and does.</summary>
    public WorkspacePreparation Preparation { get; set; } = new("/work/generation.duckdb", 1, 1, SampleSeeded: false);

    /// <summary>What examining it finds.</summary>
    public IReadOnlyList<WorkspaceCheck> Checks { get; set; } = [];

    /// <summary>What preparing throws.</summary>
    public Exception? Failure { get; set; }

    /// <summary>How often it was prepared.</summary>
    public int Preparations { get; private set; }

    public Task<WorkspacePreparation> PrepareAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Preparations++;
        return Failure is null ? Task.FromResult(Preparation) : throw Failure;
    }

    public Task<WorkspacePreparation> MigrateAsync(CancellationToken cancellationToken) => PrepareAsync(cancellationToken);

    public IAsyncEnumerable<WorkspaceCheck> ExamineAsync(CancellationToken cancellationToken) => Checks.ToAsyncEnumerable();

    public Task PingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
