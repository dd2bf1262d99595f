using System.Net.Mime;
using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Mirion.Generation.Api.Contracts;
using Mirion.Generation.Api.Mapping;
using Mirion.Generation.Api.OpenApi;
using Mirion.Generation.Api.Problems;
using Mirion.Generation.Application.Labels;
using Mirion.Generation.Application.Labels.Import;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;

namespace Mirion.Generation.Api.Endpoints;

/// <summary>Canonical labels: experts' ground truth.</summary>
internal static class CanonicalLabelEndpoints
{
    private const string Csv = "text/csv";

    private static readonly string[] Streamed = ["application/x-ndjson", "application/jsonl", Csv];

    /// <summary>Maps them.</summary>
    public static IEndpointRouteBuilder MapCanonicalLabels(this IEndpointRouteBuilder api)
    {
        var labels = api.MapGroup("/canonical-labels").WithTags("Canonical labels");
        labels.MapPost("/", UpsertAsync).Named("upsertCanonicalLabel").Refuses(400, 404, 413, 415, 422);
        labels.MapPost("/bulk", ImportAsync).Named("importCanonicalLabels").Refuses(400, 413, 415, 422)
            .Accepts<IReadOnlyList<LabelDocument>>(MediaTypeNames.Application.Json, Streamed);
        labels.MapGet("/", ListAsync).Named("listCanonicalLabels").Refuses(400);
        labels.MapGet("/lookup", LookupAsync).Named("lookupCanonicalLabel").Refuses(400, 404);
        labels.MapGet("/statistics", SumUpAsync).Named("getLabelStatistics").Refuses(400, 404, 422, 502, 503, 504);
        labels.MapGet("/{id}", GetAsync).Named("getCanonicalLabel").Refuses(404);
        labels.MapGet("/{id}/versions", ListVersionsAsync).Named("listCanonicalLabelVersions").Refuses(404);
        labels.MapDelete("/{id}", DeleteAsync).Named("deleteCanonicalLabel").Refuses(404);
        return api;
    }

    /// <summary>Label an item</summary>
    /// <remarks>
    /// Makes the label (201), or the next version of the one that the item has for this label type (200). Where published templates with this label type have an <c>output_schema</c>,
    /// it must match one of them (422 <c>label_schema_mismatch</c>).
    /// </remarks>
    internal static async Task<Results<Created<CanonicalLabelResponse>, Ok<CanonicalLabelResponse>, ProblemHttpResult>> UpsertAsync(
        LabelDocument request, IMediator mediator, IMapper mapper, CancellationToken cancellationToken)
    {
        if (!request.ToDraft().TryGet(out var draft, out var invalid)) return invalid.ToProblem();
        var upserted = await mediator.Send(new UpsertLabelCommand(draft), cancellationToken);
        if (!upserted.TryGet(out var stored, out var error)) return error.ToProblem();
        var response = mapper.Map<CanonicalLabelResponse>(stored.Label);
        return stored.Created ? TypedResults.Created($"{Routes.Base}/canonical-labels/{response.Id}", response) : TypedResults.Ok(response);
    }

    /// <summary>Import labels: all of them or none, or those that are right</summary>
    /// <remarks>
    /// A JSON array of at most 32 MB, or JSON Lines or CSV in UTF-8 of any size. CSV has the properties of a label as its header, and lists within a cell are separated by <c>|</c>. Faults are named by
    /// row: its place in the array, or its line, counted from 1. With <c>skip_invalid</c> rows that are wrong are left out and reported, the first hundred of them one by one; a fault after which
    /// nothing can be read refuses them all even then. Labels match the schemas of their label type as they do one by one (422 where that alone is wrong).
    /// </remarks>
    internal static async Task<Results<Ok<ImportResponse>, ProblemHttpResult>> ImportAsync(
        HttpRequest request, IMediator mediator, CancellationToken cancellationToken, [FromQuery(Name = "skip_invalid")] bool skipInvalid = false)
    {
        // Routing lets a body without a type pass, and any page may make a browser send one.
        if (string.IsNullOrEmpty(request.ContentType)) return TypedResults.Problem(statusCode: StatusCodes.Status415UnsupportedMediaType);
        var imported = await mediator.Send(new ImportLabelsCommand(ReadRows(request, cancellationToken), skipInvalid), cancellationToken);
        return imported.TryGet(out var report, out var error) ? TypedResults.Ok(ImportResponse.Of(report)) : error.ToProblem();
    }

    /// <summary>List labels</summary>
    /// <remarks>By sheet, item and label type.</remarks>
    internal static async Task<Results<Ok<ListResponse<CanonicalLabelResponse>>, ProblemHttpResult>> ListAsync(
        IMediator mediator,
        IMapper mapper,
        CancellationToken cancellationToken,
        [FromQuery(Name = "sheet_id")] string? sheetId = null,
        [FromQuery(Name = "label_type")] string? labelType = null,
        [FromQuery(Name = "item_ref")] string? itemRef = null,
        int? limit = null,
        string? cursor = null)
    {
        var query = new QueryReader();
        var filter = new LabelFilter(query.SheetId(sheetId), query.LabelType(labelType), query.ItemRef(itemRef));
        if (query.Error is { } invalid) return invalid.ToProblem();
        var listed = await mediator.Send(new ListLabelsQuery(filter, limit, cursor), cancellationToken);
        return listed.TryGet(out var page, out var error)
            ? TypedResults.Ok(mapper.MapPage<CanonicalLabel, CanonicalLabelResponse>(page))
            : error.ToProblem();
    }

    /// <summary>Find the label of an item</summary>
    internal static async Task<Results<Ok<CanonicalLabelResponse>, ProblemHttpResult>> LookupAsync(
        IMediator mediator,
        IMapper mapper,
        CancellationToken cancellationToken,
        [FromQuery(Name = "sheet_id")] string? sheetId = null,
        [FromQuery(Name = "item_ref")] string? itemRef = null,
        [FromQuery(Name = "label_type")] string? labelType = null)
    {
        var query = new QueryReader();
        var (sheet, item, type) = (query.SheetId(sheetId, required: true), query.ItemRef(itemRef, required: true), query.LabelType(labelType, required: true));
        if (query.Error is { } invalid) return invalid.ToProblem();
        var found = await mediator.Send(new LookupLabelQuery(new CanonicalLabelKey(sheet!, item!, type!)), cancellationToken);
        return found.TryGet(out var label, out var error) ? TypedResults.Ok(mapper.Map<CanonicalLabelResponse>(label)) : error.ToProblem();
    }

    /// <summary>Say how far the labels of a sheet reach</summary>
    /// <remarks>By label type. Counts the items of the sheet's source, which has to be there.</remarks>
    internal static async Task<Results<Ok<LabelStatisticsResponse>, ProblemHttpResult>> SumUpAsync(
        IMediator mediator, CancellationToken cancellationToken, [FromQuery(Name = "sheet_id")] string? sheetId = null)
    {
        var query = new QueryReader();
        var sheet = query.SheetId(sheetId, required: true);
        if (query.Error is { } invalid) return invalid.ToProblem();
        var summedUp = await mediator.Send(new LabelStatisticsQuery(sheet!), cancellationToken);
        return summedUp.TryGet(out var statistics, out var error) ? TypedResults.Ok(LabelStatisticsResponse.Of(statistics)) : error.ToProblem();
    }

    /// <summary>Read a label</summary>
    internal static async Task<Results<Ok<CanonicalLabelResponse>, ProblemHttpResult>> GetAsync(
        string id, IMediator mediator, IMapper mapper, CancellationToken cancellationToken)
    {
        if (!Ids.Label(id).TryGet(out var labelId, out var unknown)) return unknown.ToProblem();
        var found = await mediator.Send(new GetLabelQuery(labelId), cancellationToken);
        return found.TryGet(out var label, out var error) ? TypedResults.Ok(mapper.Map<CanonicalLabelResponse>(label)) : error.ToProblem();
    }

    /// <summary>List the versions of a label</summary>
    /// <remarks>Newest first, the present one included; those of a deleted label too.</remarks>
    internal static async Task<Results<Ok<LabelVersionsResponse>, ProblemHttpResult>> ListVersionsAsync(
        string id, IMediator mediator, IMapper mapper, CancellationToken cancellationToken)
    {
        if (!Ids.Label(id).TryGet(out var labelId, out var unknown)) return unknown.ToProblem();
        var listed = await mediator.Send(new ListLabelVersionsQuery(labelId), cancellationToken);
        return listed.TryGet(out var versions, out var error)
            ? TypedResults.Ok(new LabelVersionsResponse(mapper.Map<IReadOnlyList<CanonicalLabelResponse>>(versions)))
            : error.ToProblem();
    }

    /// <summary>Delete a label</summary>
    /// <remarks>Pairs that were made from it stay as they are.</remarks>
    internal static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, IMediator mediator, CancellationToken cancellationToken)
    {
        if (!Ids.Label(id).TryGet(out var labelId, out var unknown)) return unknown.ToProblem();
        var deleted = await mediator.Send(new DeleteLabelCommand(labelId), cancellationToken);
        return deleted.TryGet(out _, out var error) ? TypedResults.NoContent() : error.ToProblem();
    }

    private static IAsyncEnumerable<LabelRow> ReadRows(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HasJsonContentType()) return LabelRows.FromJsonArray(request.Body, cancellationToken);
        // Lines and records are read one at a time, so there is nothing to protect by a limit.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        return MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(Csv, StringComparison.OrdinalIgnoreCase)
            ? CsvLabelRows.From(request.Body, cancellationToken)
            : LabelRows.FromJsonLines(request.Body, cancellationToken);
    }
}
