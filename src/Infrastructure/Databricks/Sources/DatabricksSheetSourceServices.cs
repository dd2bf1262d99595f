using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Configuration;
using Mirion.Generation.Infrastructure.Databricks.Catalog;
using Mirion.Generation.Infrastructure.Databricks.Http;
using Mirion.Generation.Infrastructure.Databricks.Sources.Filters;
using Mirion.Generation.Infrastructure.Databricks.Sources.Tables;
using Mirion.Generation.Infrastructure.Databricks.Sources.Volumes;
using Mirion.Generation.Infrastructure.Sources;

namespace Mirion.Generation.Infrastructure.Databricks.Sources;

/// <summary>Registers the source data of a Databricks workspace.</summary>
internal static class DatabricksSheetSourceServices
{
    /// <summary>Adds <see cref="ISheetSource"/>; the warehouse and the Files API are registered by whoever adds the warehouse.</summary>
    public static IServiceCollection AddDatabricksSheetSource(this IServiceCollection services) => services
        .AddDatabricksApi<ITablesApi>(CatalogJson.Default)
        .AddSingleton<FilterTranslator>()
        .AddSingleton<DeltaTables>()
        .AddSingleton<DeltaItems>()
        .AddSingleton<VolumeListing>()
        .AddSingleton<VolumeFiles>()
        .AddSingleton<CatalogVolumeItems>()
        .AddKeyedSingleton<ISheetSource>(WorkspaceProvider.Databricks, (provider, _) =>
            new WorkspaceSheetSource(provider.GetRequiredService<DeltaItems>(), provider.GetRequiredService<CatalogVolumeItems>()));
}
