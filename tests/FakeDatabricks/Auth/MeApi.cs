using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mirion.Generation.FakeDatabricks.Auth;

/// <summary>Who somebody is (docs.databricks.com/api/workspace/currentuser/me).</summary>
internal sealed class MeApi : IFakeApi
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/2.0/preview/scim/v2/Me", Me);

    private static IResult Me(HttpContext context)
    {
        var identity = Caller.Of(context);
        return Results.Text(
            new JsonObject { ["id"] = "1", ["userName"] = identity, ["displayName"] = identity, ["active"] = true }.ToJsonString(), "application/scim+json");
    }
}
