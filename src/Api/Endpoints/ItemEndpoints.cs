using System.Net.Mime;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Mirion.Generation.Api.Contracts;
using Mirion.Generation.Api.OpenApi;
using Mirion.Generation.Api.Problems;
using Mirion.Generation.Application.Sheets;

namespace Mirion.Generation.Api.Endpoints;

/// <summary>The items of a sheet, as the engine sees them.</summary>
internal static class ItemEndpoints
{
    // Pictures a browser shows without running anything in them; whatever else a volume holds is handed over as a file.
    private static readonly HashSet<string> Shown = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"];

    /// <summary>Maps them.</summary>
    public static IEndpointRouteBuilder MapItems(this IEndpointRouteBuilder api)
    {
        var sheet = api.MapGroup("/sheets/{id}").WithTags("Sheets");
        sheet.MapGet("/items", ListAsync).Named("listItems").Refuses(400, 404, 422);
        sheet.MapGet("/item", GetAsync).Named("getItem").Refuses(400, 404, 422);
        sheet.MapGet("/item/content", GetContentAsync).Named("getItemContent").Refuses(400, 404, 422)
            .Produces<Stream>(StatusCodes.Status200OK, MediaTypeNames.Application.Octet);
        return api;
    }

    /// <summary>List the first items of a sheet</summary>
    /// <remarks>In item order, after filter and sampling.</remarks>
    internal static async Task<Results<Ok<ListResponse<ItemResponse>>, ProblemHttpResult>> ListAsync(
        string id, IMediator mediator, CancellationToken cancellationToken, int? limit = null)
    {
        if (!Ids.Sheet(id).TryGet(out var sheetId, out var unknown)) return unknown.ToProblem();
        var read = await mediator.Send(new ListItemsQuery(sheetId, limit), cancellationToken);
        return read.TryGet(out var items, out var error)
            ? TypedResults.Ok(new ListResponse<ItemResponse>([.. items.Select(ItemResponse.Of)], NextCursor: null))
            : error.ToProblem();
    }

    /// <summary>Read one item of a sheet</summary>
    internal static async Task<Results<Ok<ItemResponse>, ProblemHttpResult>> GetAsync(
        string id, IMediator mediator, CancellationToken cancellationToken, string? @ref = null)
    {
        if (!Ids.Sheet(id).TryGet(out var sheetId, out var unknown)) return unknown.ToProblem();
        if (!Ids.Item(@ref, "ref").TryGet(out var itemRef, out var missing)) return missing.ToProblem();
        var read = await mediator.Send(new GetItemQuery(sheetId, itemRef), cancellationToken);
        return read.TryGet(out var item, out var error) ? TypedResults.Ok(ItemResponse.Of(item)) : error.ToProblem();
    }

    /// <summary>Read the bytes of an item's file</summary>
    /// <remarks>The item itself in a volume; in a table, the image that a column names.</remarks>
    internal static async Task<Results<FileContentHttpResult, ProblemHttpResult>> GetContentAsync(
        string id, HttpContext context, IMediator mediator, CancellationToken cancellationToken, string? @ref = null, string? column = null)
    {
        if (!Ids.Sheet(id).TryGet(out var sheetId, out var unknown)) return unknown.ToProblem();
        if (!Ids.Item(@ref, "ref").TryGet(out var itemRef, out var missing)) return missing.ToProblem();
        var read = await mediator.Send(new GetItemContentQuery(sheetId, itemRef, column), cancellationToken);
        if (!read.TryGet(out var content, out var error)) return error.ToProblem();

        // The file is data of somebody's volume: never a page of this API's origin.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        var mediaType = content.File.MediaType;
        return TypedResults.Bytes(content.Bytes, mediaType, Shown.Contains(mediaType) ? null : content.File.Path.Relative.Split('/')[^1]);
    }
}
