using System.Text.Json.Serialization;
using Mirion.Generation.Infrastructure.Databricks.Http;
using Refit;

namespace Mirion.Generation.Infrastructure.Databricks.Sql;

/// <summary>SQL warehouses (docs.databricks.com/api/workspace/warehouses).</summary>
internal interface IWarehouseApi
{
    /// <summary>A warehouse and how it is.</summary>
    [Get("/api/2.0/sql/warehouses/{id}")]
    Task<WarehouseReply> GetAsync(string id, CancellationToken cancellationToken);

    /// <summary>Starts a warehouse, or does nothing when it runs.</summary>
    [Post("/api/2.0/sql/warehouses/{id}/start")]
    Task StartAsync(string id, [Property(RequestTraits.Repeatable)] bool repeatable, CancellationToken cancellationToken);
}

/// <summary>A warehouse.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="State">STARTING, RUNNING, STOPPING, STOPPED, DELETING or DELETED.</param>
/// <param name="WarehouseType">CLASSIC or PRO.</param>
/// <param name="EnableServerlessCompute">Whether it is a serverless one.</param>
internal sealed record WarehouseReply(string? Name, string? State, string? WarehouseType, bool? EnableServerlessCompute);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WarehouseReply))]
internal sealed partial class WarehouseJson : JsonSerializerContext;
