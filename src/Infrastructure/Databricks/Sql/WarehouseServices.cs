using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mirion.Generation.Infrastructure.Configuration;
using Mirion.Generation.Infrastructure.Databricks.Files;
using Mirion.Generation.Infrastructure.Databricks.Http;
using Mirion.Generation.Infrastructure.Http;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Sql;

/// <summary>Registers the SQL warehouse.</summary>
internal static class WarehouseServices
{
    private const string LinkClient = "databricks-results";

    /// <summary>Adds the warehouse, and the files that go into tables.</summary>
    public static IServiceCollection AddWarehouse(this IServiceCollection services)
    {
        services.AddDatabricksApi<IStatementApi>(StatementJson.Default);
        services.AddDatabricksApi<IWarehouseApi>(WarehouseJson.Default);
        services.AddDatabricksApi<IFilesApi>(FilesJson.Default);
        // Not signed, and without a log: a link is a credential, and lies elsewhere.
        services.AddHttpClient(LinkClient, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .WithOwnConnections()
            .AddHttpMessageHandler<RetryHandler>();
        return services
            .AddSingleton<DatabricksDialect>()
            .AddSingleton<StatementRuns>()
            .AddSingleton(provider => new ResultLinks(
                provider.GetRequiredService<IHttpClientFactory>().CreateClient(LinkClient),
                provider.GetRequiredService<IStatementApi>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<ResultLinks>>()))
            .AddSingleton<Warehouse>()
            .AddSingleton<StagingVolume>()
            .AddKeyedSingleton<ISqlSession, WarehouseSession>(WorkspaceProvider.Databricks);
    }
}
