using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Mirion.Generation.Api.Contracts;
using Mirion.Generation.Api.Mapping;
using Mirion.Generation.Api.OpenApi;
using Mirion.Generation.Api.Problems;
using Mirion.Generation.Application.Sheets;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Api.Endpoints;

/// <summary>Sheets: pointers to source data.</summary>
internal static class SheetEndpoints
{
    /// <summary>Maps them.</summary>
    public static IEndpointRouteBuilder MapSheets(this IEndpointRouteBuilder api)
    {
        var sheets = api.MapGroup("/sheets").WithTags("Sheets");
        sheets.MapPost("/", CreateAsync).Named("createSheet").Refuses(400, 409, 413, 415, 422);
        sheets.MapGet("/", ListAsync).Named("listSheets").Refuses(400);
        sheets.MapGet("/{id}", GetAsync).Named("getSheet").Refuses(404);
        sheets.MapPut("/{id}", ReplaceAsync).Named("replaceSheet").Refuses(400, 404, 413, 415, 422);
        sheets.MapDelete("/{id}", DeleteAsync).Named("deleteSheet").Refuses(404);
        return api;
    }

    /// <summary>Define a sheet</summary>
    /// <remarks>The source and the columns that the definition names must exist.</remarks>
    internal static async Task<Results<Created<SheetResponse>, ProblemHttpResult>> CreateAsync(
        SheetRequest request, IMediator mediator, IMapper mapper, CancellationToken cancellationToken)
    {
        var created = await mediator.Send(new CreateSheetCommand(request.ToDraft()), cancellationToken);
        return created.TryGet(out var sheet, out var error)
            ? TypedResults.Created($"{Routes.Base}/sheets/{sheet.Id}", mapper.Map<SheetResponse>(sheet))
            : error.ToProblem();
    }

    /// <summary>List sheets</summary>
    /// <remarks>In the order of their ids.</remarks>
    internal static async Task<Results<Ok<ListResponse<SheetResponse>>, ProblemHttpResult>> ListAsync(
        IMediator mediator, IMapper mapper, CancellationToken cancellationToken, int? limit = null, string? cursor = null)
    {
        var listed = await mediator.Send(new ListSheetsQuery(limit, cursor), cancellationToken);
        return listed.TryGet(out var page, out var error) ? TypedResults.Ok(mapper.MapPage<Sheet, SheetResponse>(page)) : error.ToProblem();
    }

    /// <summary>Read a sheet</summary>
    internal static async Task<Results<Ok<SheetResponse>, ProblemHttpResult>> GetAsync(
        string id, IMediator mediator, IMapper mapper, CancellationToken cancellationToken)
    {
        if (!Ids.Sheet(id).TryGet(out var sheetId, out var unknown)) return unknown.ToProblem();
        var found = await mediator.Send(new GetSheetQuery(sheetId), cancellationToken);
        return found.TryGet(out var sheet, out var error) ? TypedResults.Ok(mapper.Map<SheetResponse>(sheet)) : error.ToProblem();
    }

    /// <summary>Replace a sheet's definition</summary>
    /// <remarks>The body is the whole new definition. Training sheets that exist keep the one they were made with.</remarks>
    internal static async Task<Results<Ok<SheetResponse>, ProblemHttpResult>> ReplaceAsync(
        string id, SheetRequest request, IMediator mediator, IMapper mapper, CancellationToken cancellationToken)
    {
        if (!Ids.Sheet(id).TryGet(out var sheetId, out var unknown)) return unknown.ToProblem();
        var replaced = await mediator.Send(new ReplaceSheetCommand(sheetId, request.ToDraft()), cancellationToken);
        return replaced.TryGet(out var sheet, out var error) ? TypedResults.Ok(mapper.Map<SheetResponse>(sheet)) : error.ToProblem();
    }

    /// <summary>Delete a sheet's definition</summary>
    /// <remarks>Its source, its labels and its training sheets stay.</remarks>
    internal static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, IMediator mediator, CancellationToken cancellationToken)
    {
        if (!Ids.Sheet(id).TryGet(out var sheetId, out var unknown)) return unknown.ToProblem();
        var deleted = await mediator.Send(new DeleteSheetCommand(sheetId), cancellationToken);
        return deleted.TryGet(out _, out var error) ? TypedResults.NoContent() : error.ToProblem();
    }
}
