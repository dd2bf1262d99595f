using Microsoft.Extensions.Diagnostics.HealthChecks;
using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Api.Hosting;

/// <summary>Ready while the workspace answers.</summary>
internal sealed class WorkspaceHealth(IWorkspace workspace) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await workspace.PingAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (UpstreamException e)
        {
            return HealthCheckResult.Unhealthy(e.Code, e);
        }
    }
}
