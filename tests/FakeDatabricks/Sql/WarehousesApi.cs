using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mirion.Generation.FakeDatabricks.Sql;

/// <summary>SQL warehouses (docs.databricks.com/api/workspace/warehouses): there is one.</summary>
internal sealed class WarehousesApi(Warehouse warehouse) : IFakeApi
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/2.0/sql/warehouses", () => Json(new JsonObject { ["warehouses"] = new JsonArray(warehouse.Describe()) }));
        routes.MapGet("/api/2.0/sql/warehouses/{id}", (string id) => OfWarehouse(id, warehouse.Describe));
        routes.MapPost("/api/2.0/sql/warehouses/{id}/start", (string id) => OfWarehouse(id, () => Change(() => _ = warehouse.StartAsync())));
        routes.MapPost("/api/2.0/sql/warehouses/{id}/stop", (string id) => OfWarehouse(id, () => Change(warehouse.Stop)));
    }

    private static JsonObject Change(Action change)
    {
        change();
        return [];
    }

    private IResult OfWarehouse(string id, Func<JsonObject> answer) => id == warehouse.Id
        ? Json(answer())
        : ApiError.Of(StatusCodes.Status404NotFound, "RESOURCE_DOES_NOT_EXIST", $"SQL warehouse {id} does not exist.");

    private static IResult Json(JsonObject json) => Results.Text(json.ToJsonString(), "application/json");
}
