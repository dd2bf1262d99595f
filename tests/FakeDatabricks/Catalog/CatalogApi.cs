using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mirion.Generation.FakeDatabricks.Files;
using Mirion.Generation.FakeDatabricks.Sql.Dialect;
using Mirion.Generation.FakeDatabricks.Sql.Engine;
using Mirion.Generation.FakeDatabricks.Sql.Statements;

namespace Mirion.Generation.FakeDatabricks.Catalog;

/// <summary>Unity Catalog (docs.databricks.com/api/workspace/tables and /volumes): what there is.</summary>
internal sealed class CatalogApi(StatementQueue statements, VolumeTree volumes) : IFakeApi
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/2.1/unity-catalog/tables/{name}", TableAsync);
        routes.MapGet("/api/2.1/unity-catalog/tables/{name}/exists", ExistsAsync);
        routes.MapGet("/api/2.1/unity-catalog/volumes/{name}", Volume);
    }

    private async Task<IResult> TableAsync(string name)
    {
        if (name.Split('.') is not { Length: 3 } parts) return ApiError.Invalid($"'{name}' is not a valid name of a table.");
        var table = TableName.Of(parts, string.Empty, string.Empty);
        return await statements.WithLakeAsync(lake => Describe(lake, table)) is { } json ? Json(json) : NoTable(name);
    }

    private async Task<IResult> ExistsAsync(string name)
    {
        if (name.Split('.') is not { Length: 3 } parts) return ApiError.Invalid($"'{name}' is not a valid name of a table.");
        var table = TableName.Of(parts, string.Empty, string.Empty);
        return Json(new JsonObject { ["table_exists"] = await statements.WithLakeAsync(lake => lake.Has(table)) });
    }

    private IResult Volume(string name)
    {
        if (name.Split('.') is not { Length: 3 } parts) return ApiError.Invalid($"'{name}' is not a valid name of a volume.");
        if (!volumes.HasVolume(VolumePath.Parse($"/Volumes/{string.Join('/', parts)}")))
            return ApiError.Of(StatusCodes.Status404NotFound, "VOLUME_DOES_NOT_EXIST", $"Volume '{name}' does not exist.");
        return Json(new JsonObject
        {
            ["full_name"] = name,
            ["catalog_name"] = parts[0],
            ["schema_name"] = parts[1],
            ["name"] = parts[2],
            ["volume_type"] = "MANAGED",
            ["owner"] = "owner@example.com",
        });
    }

    private static JsonObject? Describe(Lake lake, TableName table)
    {
        var columns = lake.Describe(table);
        if (columns.Count == 0) return null;
        var details = lake.Details.GetValueOrDefault(table.FullName);
        var view = lake.IsView(table);
        var json = new JsonObject
        {
            ["full_name"] = table.FullName,
            ["catalog_name"] = table.Catalog,
            ["schema_name"] = table.Schema,
            ["name"] = table.Name,
            ["table_type"] = view ? "VIEW" : "MANAGED",
            ["columns"] = new JsonArray([.. columns.Select(Column)]),
            ["owner"] = "owner@example.com",
            ["properties"] = new JsonObject(details?.Properties.Select(property => KeyValuePair.Create(property.Key, (JsonNode?)property.Value)) ?? []),
        };
        if (!view) json["data_source_format"] = "DELTA";
        if (lake.CommentOf(table) is { } comment) json["comment"] = comment;
        if (details is not null) json["created_at"] = details.CreatedAt.ToUnixTimeMilliseconds();
        return json;
    }

    private static JsonObject Column(LakeColumn column, int position)
    {
        var json = new JsonObject
        {
            ["name"] = column.Name,
            ["type_text"] = column.Type.Ddl.ToLowerInvariant(),
            ["type_name"] = column.Type.WireName,
            ["position"] = position,
            ["nullable"] = column.Nullable,
        };
        if (column.Comment is { } comment) json["comment"] = comment;
        if (column.Type.Name == "DECIMAL") (json["type_precision"], json["type_scale"]) = (column.Type.Precision, column.Type.Scale);
        return json;
    }

    private static IResult NoTable(string name) => ApiError.Of(StatusCodes.Status404NotFound, "TABLE_DOES_NOT_EXIST", $"Table '{name}' does not exist.");

    private static IResult Json(JsonObject json) => Results.Text(json.ToJsonString(), "application/json");
}
