using System.Text.Json.Serialization;
using Refit;

namespace Mirion.Generation.Infrastructure.Databricks.Serving;

/// <summary>Serving endpoints (docs.databricks.com/api/workspace/servingendpoints/get). Questions go to them by chat completions.</summary>
internal interface IServingApi
{
    [Get("/api/2.0/serving-endpoints")]
    Task<ServingEndpoints> ListAsync(CancellationToken cancellationToken);

    [Get("/api/2.0/serving-endpoints/{name}")]
    Task<ServingEndpoint> GetAsync(string name, CancellationToken cancellationToken);
}

/// <summary>The endpoints that the caller may see.</summary>
internal sealed record ServingEndpoints(IReadOnlyList<ServingEndpoint>? Endpoints);

/// <summary>An endpoint, as much of it as is read.</summary>
/// <param name="Name">What it is asked by.</param>
/// <param name="Task">What it is for, such as <c>llm/v1/chat</c>.</param>
/// <param name="State">Where it stands.</param>
internal sealed record ServingEndpoint(string? Name, string? Task, ServingState? State);

/// <summary>Where an endpoint stands.</summary>
/// <param name="Ready"><c>READY</c> or <c>NOT_READY</c>.</param>
internal sealed record ServingState(string? Ready);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ServingEndpoint))]
[JsonSerializable(typeof(ServingEndpoints))]
internal sealed partial class ServingJson : JsonSerializerContext;
