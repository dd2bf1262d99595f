using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Configuration;
using Mirion.Generation.Infrastructure.Databricks.Doctor;
using Mirion.Generation.Infrastructure.Databricks.Http;
using Mirion.Generation.Infrastructure.Databricks.Jobs;
using Mirion.Generation.Infrastructure.Databricks.Serving;
using Mirion.Generation.Infrastructure.Databricks.Sources;
using Mirion.Generation.Infrastructure.Databricks.Sql;

namespace Mirion.Generation.Infrastructure.Databricks;

/// <summary>Registers a Databricks workspace.</summary>
internal static class DatabricksServices
{
    private static readonly (string Variable, Action<DatabricksOptions, string> Set)[] StandardVariables =
    [
        ("DATABRICKS_HOST", (options, value) => options.Host ??= value),
        ("DATABRICKS_TOKEN", (options, value) => options.Token ??= value),
        ("DATABRICKS_CLIENT_ID", (options, value) => options.ClientId ??= value),
        ("DATABRICKS_CLIENT_SECRET", (options, value) => options.ClientSecret ??= value),
        ("DATABRICKS_WAREHOUSE_ID", (options, value) => options.WarehouseId ??= value),
    ];

    /// <summary>Adds the workspace's adapters; they are used when <c>Workspace:Provider</c> chooses them, and only then must the settings be right.</summary>
    public static IServiceCollection AddDatabricksWorkspace(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<DatabricksOptions, DatabricksOptionsValidator>(
            configuration.GetSection(DatabricksOptions.SectionName), () => WorkspaceOptions.ChosenBy(configuration) is WorkspaceProvider.Databricks);
        services.AddOptions<DatabricksOptions>().PostConfigure(options => ReadStandardVariables(options, configuration));
        services.AddOptions<GenerationOptions>().PostConfigure(options => PreferFewStatements(options, configuration));
        return services
            .AddDatabricksSignIn()
            .AddWarehouse()
            .AddDatabricksSheetSource()
            .AddKeyedSingleton<IWorkspace, DatabricksWorkspace>(WorkspaceProvider.Databricks)
            .AddKeyedSingleton<IAnswerJournal, NoAnswerJournal>(WorkspaceProvider.Databricks)
            .AddDatabricksServing()
            .AddDatabricksJobs()
            .AddDatabricksDoctor();
    }

    // A commit is two statements of some seconds each, however many pairs it has; what stands in the settings wins here too.
    private static void PreferFewStatements(GenerationOptions options, IConfiguration configuration)
    {
        if (WorkspaceOptions.ChosenBy(configuration) is not WorkspaceProvider.Databricks) return;
        var settings = configuration.GetSection(GenerationOptions.SectionName);
        if (IsFree(nameof(GenerationOptions.PageSize))) options.PageSize = 2500;
        if (IsFree(nameof(GenerationOptions.BatchSize))) options.BatchSize = 2500;
        if (IsFree(nameof(GenerationOptions.FlushSeconds))) options.FlushSeconds = 30;

        bool IsFree(string setting) => string.IsNullOrWhiteSpace(settings[setting]);
    }

    // What stands in the settings wins over the variables that every Databricks tool reads.
    private static void ReadStandardVariables(DatabricksOptions options, IConfiguration configuration)
    {
        foreach (var (variable, set) in StandardVariables)
        {
            if (configuration[variable] is { } value && !string.IsNullOrWhiteSpace(value)) set(options, value.Trim());
        }
    }
}
