using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mirion.Generation.FakeDatabricks.Auth;

namespace Mirion.Generation.FakeDatabricks.Serving;

/// <summary>Serving endpoints: what there is (docs.databricks.com/api/workspace/servingendpoints), and asking it, at each of its addresses.</summary>
internal sealed class ServingApi(FakeServing serving, TimeSpan latency) : IFakeApi
{
    private const int MaxBytes = 4 * 1024 * 1024;
    private const string GatewayPrefix = "system.ai.";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/2.0/serving-endpoints", List);
        routes.MapGet("/api/2.0/serving-endpoints/{name}", Get);
        routes.MapPost("/serving-endpoints/{name}/invocations", AskAsync);
        routes.MapPost("/serving-endpoints/chat/completions", (Delegate)AskModelAsync);
        routes.MapPost("/ai-gateway/mlflow/v1/chat/completions", (Delegate)AskModelAsync);
    }

    private IResult List() => Results.Ok(new JsonObject
    {
        ["endpoints"] = new JsonArray([.. serving.Endpoints.OrderBy(endpoint => endpoint.Key, StringComparer.Ordinal).Select(endpoint => Shape(endpoint.Key, endpoint.Value))]),
    });

    private IResult Get(string name) => serving.Endpoints.TryGetValue(name, out var ready)
        ? Results.Ok(Shape(name, ready))
        : ApiError.Of(StatusCodes.Status404NotFound, "RESOURCE_DOES_NOT_EXIST", $"Endpoint with name '{name}' does not exist.");

    private Task<IResult> AskModelAsync(HttpContext context) => AskAsync(context, name: null);

    private async Task<IResult> AskAsync(HttpContext context, string? name)
    {
        if (!context.Request.HasJsonContentType()) return BadRequest("the content type must be application/json");
        if (await ReadAsync(context) is not { } bytes)
            return ApiError.Of(StatusCodes.Status413PayloadTooLarge, "BAD_REQUEST", $"The request is larger than {MaxBytes} bytes.");
        if (!TryParse(bytes, out var request, out var garbled)) return BadRequest($"json: {garbled}");
        if (ChatRequest.Fault(request, withModel: name is null) is { } fault) return BadRequest(fault);
        var endpoint = name ?? EndpointOf(request.GetProperty("model").GetString()!);
        if (!serving.Endpoints.TryGetValue(endpoint, out var ready))
            return ApiError.Of(StatusCodes.Status404NotFound, "RESOURCE_DOES_NOT_EXIST", "The given endpoint does not exist, please retry after checking the specified model.");
        if (!ready) return ApiError.Of(StatusCodes.Status503ServiceUnavailable, "TEMPORARILY_UNAVAILABLE", $"Endpoint '{endpoint}' is not ready to serve requests.");
        var reply = await serving.AskAsync(number => ServingCall.Read(number, endpoint, Caller.Of(context), request), latency, context.RequestAborted);
        context.Response.Headers["served-model-name"] = endpoint;
        if (reply.RetryAfter is not null) context.Response.Headers.RetryAfter = reply.RetryAfter;
        return Results.Text(reply.Body, reply.ContentType, statusCode: reply.Status);
    }

    /// <summary>The body; null when it is too large.</summary>
    private static async Task<byte[]?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaxBytes) return null;
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (body.Length + read > MaxBytes) return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private static bool TryParse(byte[] bytes, out JsonElement request, out string? garbled)
    {
        (request, garbled) = (default, null);
        try
        {
            request = JsonSerializer.Deserialize<JsonElement>(bytes);
            return true;
        }
        catch (JsonException no)
        {
            garbled = no.Message;
            return false;
        }
    }

    /// <summary>The endpoint that a model of the gateway is: <c>system.ai.x</c> for <c>databricks-x</c>.</summary>
    private static string EndpointOf(string model) => model.StartsWith(GatewayPrefix, StringComparison.Ordinal) ? $"databricks-{model[GatewayPrefix.Length..]}" : model;

    private static IResult BadRequest(string fault) => ApiError.Of(StatusCodes.Status400BadRequest, "BAD_REQUEST", $"Bad request: {fault}");

    private static JsonObject Shape(string name, bool ready) => new()
    {
        ["name"] = name,
        ["id"] = name,
        ["creator"] = null,
        ["task"] = "llm/v1/chat",
        ["state"] = new JsonObject { ["ready"] = ready ? "READY" : "NOT_READY", ["config_update"] = "NOT_UPDATING" },
        ["config"] = new JsonObject { ["served_entities"] = new JsonArray(new JsonObject { ["name"] = name, ["entity_name"] = $"system.ai.{name}" }) },
        ["permission_level"] = "CAN_QUERY",
    };
}
