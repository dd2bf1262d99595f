using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Api.Hosting;

/// <summary>Prepares the workspace before anything else of the host starts: before it serves, and before it takes up unfinished generations.</summary>
internal sealed partial class WorkspaceStart(IWorkspace workspace, ILogger<WorkspaceStart> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var prepared = await workspace.PrepareAsync(cancellationToken);
        LogReady(prepared.Location, prepared.ToVersion);
        if (prepared.SampleSeeded) LogSeeded();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Workspace {Location} is ready, schema version {Version}")]
    private partial void LogReady(string location, int version);

    [LoggerMessage(LogLevel.Information, "The sample was put into the workspace")]
    private partial void LogSeeded();
}
