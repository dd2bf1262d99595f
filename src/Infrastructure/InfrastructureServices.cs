using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Configuration;
using Mirion.Generation.Infrastructure.Databricks;
using Mirion.Generation.Infrastructure.Local;
using Mirion.Generation.Infrastructure.Local.Jobs;
using Mirion.Generation.Infrastructure.Models;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure;

/// <summary>Registers the adapters behind the application's ports.</summary>
public static class InfrastructureServices
{
    /// <summary>Adds the adapters that <paramref name="configuration"/> chooses; wrong settings stop the host at start, all of them named.</summary>
    public static IServiceCollection AddInfrastructure(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddReadOptions<WorkspaceOptions>(
                configuration.GetSection(WorkspaceOptions.SectionName), nameof(WorkspaceProvider.Local), nameof(WorkspaceProvider.Databricks))
            .AddCheckedOptions<GenerationOptions, GenerationOptionsValidator>(configuration.GetSection(GenerationOptions.SectionName))
            .AddFoundationModel(configuration)
            .AddSqlRepositories()
            .AddLocalWorkspace(configuration)
            .AddDatabricksWorkspace(configuration)
            .AddByProvider<ISqlSession>(configuration)
            .AddByProvider<IWorkspace>(configuration)
            .AddByProvider<IJobLauncher>(configuration)
            .AddByProvider<ISheetSource>(configuration)
            .AddByProvider<IAnswerJournal>(configuration);
    }

    /// <summary>
    /// Has this host carry out the generations that are launched over an embedded workspace, and those that an earlier run of it left behind; one host of a workspace does.
    /// Any other workspace runs jobs itself.
    /// </summary>
    public static IServiceCollection AddGenerationWorker(this IServiceCollection services) => services.AddHostedService<GenerationWorker>();
}
