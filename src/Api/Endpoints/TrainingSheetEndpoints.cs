using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Mirion.Generation.Api.Contracts;
using Mirion.Generation.Api.Mapping;
using Mirion.Generation.Api.OpenApi;
using Mirion.Generation.Api.Problems;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.QAPairs;
using Mirion.Generation.Application.TrainingSheets;
using Mirion.Generation.Application.TrainingSheets.Compare;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Api.Endpoints;

/// <summary>Training sheets that are there.</summary>
internal static class TrainingSheetEndpoints
{
    /// <summary>Maps them.</summary>
    public static IEndpointRouteBuilder MapTrainingSheets(this IEndpointRouteBuilder api)
    {
        var sheets = api.MapGroup("/training-sheets").WithTags("Training sheets");
        sheets.MapGet("/", ListAsync).Named("listTrainingSheets").Refuses(400);
        sheets.MapGet("/{id}", GetAsync).Named("getTrainingSheet").Refuses(404);
        sheets.MapDelete("/{id}", DeleteAsync).Named("deleteTrainingSheet").Refuses(404, 409);
        sheets.MapPost("/{id}/mark-trained", MarkTrainedAsync).Named("markTrainingSheetTrained").Refuses(404, 409);
        sheets.MapGet("/{id}/qa-pairs", ListPairsAsync).Named("listQAPairs").Refuses(400, 404);
        sheets.MapPost("/{id}/compare", CompareAsync).Named("compareTrainingSheets").Refuses(400, 404, 409, 413, 415, 422);
        return api;
    }

    /// <summary>List training sheets</summary>
    /// <remarks>Newest first.</remarks>
    internal static async Task<Results<Ok<ListResponse<TrainingSheetResponse>>, ProblemHttpResult>> ListAsync(
        IMediator mediator, IMapper mapper, CancellationToken cancellationToken, int? limit = null, string? cursor = null)
    {
        var listed = await mediator.Send(new ListTrainingSheetsQuery(limit, cursor), cancellationToken);
        return listed.TryGet(out var page, out var error)
            ? TypedResults.Ok(mapper.MapPage<TrainingSheet, TrainingSheetResponse>(page))
            : error.ToProblem();
    }

    /// <summary>Read a training sheet</summary>
    internal static async Task<Results<Ok<TrainingSheetResponse>, ProblemHttpResult>> GetAsync(
        string id, IMediator mediator, IMapper mapper, CancellationToken cancellationToken)
    {
        if (!Ids.TrainingSheet(id).TryGet(out var sheetId, out var unknown)) return unknown.ToProblem();
        var found = await mediator.Send(new GetTrainingSheetQuery(sheetId), cancellationToken);
        return found.TryGet(out var sheet, out var error) ? TypedResults.Ok(mapper.Map<TrainingSheetResponse>(sheet)) : error.ToProblem();
    }

    /// <summary>Delete a training sheet with its pairs</summary>
    /// <remarks>Refused while it is being generated, and after a model was trained on it.</remarks>
    internal static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, IMediator mediator, CancellationToken cancellationToken)
    {
        if (!Ids.TrainingSheet(id).TryGet(out var sheetId, out var unknown)) return unknown.ToProblem();
        var deleted = await mediator.Send(new DeleteTrainingSheetCommand(sheetId), cancellationToken);
        return deleted.TryGet(out _, out var error) ? TypedResults.NoContent() : error.ToProblem();
    }

    /// <summary>Note that a model was trained on a training sheet</summary>
    /// <remarks>One that is approved; it is frozen from then on. Doing it again changes nothing.</remarks>
    internal static async Task<Results<Ok<TrainingSheetResponse>, ProblemHttpResult>> MarkTrainedAsync(
        string id, IMediator mediator, IMapper mapper, CancellationToken cancellationToken)
    {
        if (!Ids.TrainingSheet(id).TryGet(out var sheetId, out var unknown)) return unknown.ToProblem();
        var marked = await mediator.Send(new MarkTrainedCommand(sheetId), cancellationToken);
        return marked.TryGet(out var sheet, out var error) ? TypedResults.Ok(mapper.Map<TrainingSheetResponse>(sheet)) : error.ToProblem();
    }

    /// <summary>List the pairs of a training sheet</summary>
    /// <remarks>In item order.</remarks>
    internal static async Task<Results<Ok<ListResponse<QAPairResponse>>, ProblemHttpResult>> ListPairsAsync(
        string id,
        IMediator mediator,
        IMapper mapper,
        CancellationToken cancellationToken,
        string? status = null,
        [FromQuery(Name = "labeling_mode")] string? labelingMode = null,
        int? limit = null,
        string? cursor = null)
    {
        if (!Ids.TrainingSheet(id).TryGet(out var sheetId, out var unknown)) return unknown.ToProblem();
        var query = new QueryReader();
        var filter = new QAPairFilter(query.Choice<QAPairStatus>(status, "status"), query.Choice<LabelingMode>(labelingMode, "labeling_mode"));
        if (query.Error is { } invalid) return invalid.ToProblem();
        var listed = await mediator.Send(new ListQAPairsQuery(sheetId, filter, limit, cursor), cancellationToken);
        return listed.TryGet(out var page, out var error) ? TypedResults.Ok(mapper.MapPage<QAPair, QAPairResponse>(page)) : error.ToProblem();
    }

    /// <summary>Compare a training sheet with another of the same sheet</summary>
    /// <remarks>
    /// Says which items changed answer, status or label, in item order; items that are alike are counted and not listed. Refused while either is being generated. One that failed is compared
    /// by the pairs it has, and <c>missing_here</c> and <c>missing_there</c> say how many items have none.
    /// </remarks>
    internal static async Task<Results<Ok<ComparisonResponse>, ProblemHttpResult>> CompareAsync(
        string id, CompareRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        if (!Ids.TrainingSheet(id).TryGet(out var sheetId, out var unknown)) return unknown.ToProblem();
        if (!request.Other().TryGet(out var otherId, out var invalid)) return invalid.ToProblem();
        var compared = await mediator.Send(new CompareTrainingSheetsQuery(sheetId, otherId, request.Limit, request.Cursor), cancellationToken);
        return compared.TryGet(out var comparison, out var error) ? TypedResults.Ok(ComparisonResponse.Of(comparison)) : error.ToProblem();
    }
}
