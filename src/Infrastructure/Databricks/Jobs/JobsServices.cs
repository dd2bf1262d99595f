using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Configuration;
using Mirion.Generation.Infrastructure.Databricks.Http;

namespace Mirion.Generation.Infrastructure.Databricks.Jobs;

/// <summary>Registers the launcher of a Databricks workspace's job.</summary>
internal static class JobsServices
{
    public static IServiceCollection AddDatabricksJobs(this IServiceCollection services) => services
        .AddDatabricksApi<IJobsApi>(JobsJson.Default)
        .AddKeyedSingleton<IJobLauncher, DatabricksJobLauncher>(WorkspaceProvider.Databricks);
}
