using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Mirion.Generation.Api.Contracts;
using Mirion.Generation.Api.Mapping;
using Mirion.Generation.Api.OpenApi;
using Mirion.Generation.Api.Problems;
using Mirion.Generation.Application.Templates;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Api.Endpoints;

/// <summary>Prompt templates.</summary>
internal static class TemplateEndpoints
{
    /// <summary>Maps them.</summary>
    public static IEndpointRouteBuilder MapTemplates(this IEndpointRouteBuilder api)
    {
        var templates = api.MapGroup("/templates").WithTags("Templates");
        templates.MapPost("/", CreateAsync).Named("createTemplate").Refuses(400, 409, 413, 415, 422);
        templates.MapGet("/", ListAsync).Named("listTemplates").Refuses(400);
        templates.MapGet("/{id}", GetAsync).Named("getTemplate").Refuses(404);
        templates.MapPut("/{id}", ReplaceAsync).Named("replaceTemplate").Refuses(400, 404, 409, 413, 415, 422);
        templates.MapDelete("/{id}", DeleteAsync).Named("deleteTemplate").Refuses(404);
        templates.MapGet("/{id}/versions", ListVersionsAsync).Named("listTemplateVersions").Refuses(400, 404);
        templates.MapGet("/{id}/versions/{version:int}", GetVersionAsync).Named("getTemplateVersion").Refuses(404);
        templates.MapPost("/{id}/preview", PreviewAsync).Named("previewTemplate").Refuses(400, 404, 413, 415, 422);
        return api;
    }

    /// <summary>Define a prompt template</summary>
    /// <remarks>Its question must be sound Handlebars, and its <c>output_schema</c> one that answers can be held to (422 <c>output_schema_invalid</c>).</remarks>
    internal static async Task<Results<Created<TemplateResponse>, ProblemHttpResult>> CreateAsync(
        TemplateRequest request, IMediator mediator, IMapper mapper, CancellationToken cancellationToken)
    {
        if (!request.ToDraft().TryGet(out var draft, out var invalid)) return invalid.ToProblem();
        var created = await mediator.Send(new CreateTemplateCommand(draft), cancellationToken);
        return created.TryGet(out var template, out var error)
            ? TypedResults.Created($"{Routes.Base}/templates/{template.Id}", mapper.Map<TemplateResponse>(template))
            : error.ToProblem();
    }

    /// <summary>List prompt templates</summary>
    /// <remarks>In the order of their ids.</remarks>
    internal static async Task<Results<Ok<ListResponse<TemplateResponse>>, ProblemHttpResult>> ListAsync(
        IMediator mediator,
        IMapper mapper,
        CancellationToken cancellationToken,
        [FromQuery(Name = "label_type")] string? labelType = null,
        string? status = null,
        int? limit = null,
        string? cursor = null)
    {
        var query = new QueryReader();
        var (type, wanted) = (query.LabelType(labelType), query.Choice<TemplateStatus>(status, "status"));
        if (query.Error is { } invalid) return invalid.ToProblem();
        var listed = await mediator.Send(new ListTemplatesQuery(type, wanted, limit, cursor), cancellationToken);
        return listed.TryGet(out var page, out var error) ? TypedResults.Ok(mapper.MapPage<PromptTemplate, TemplateResponse>(page)) : error.ToProblem();
    }

    /// <summary>Read a prompt template</summary>
    internal static async Task<Results<Ok<TemplateResponse>, ProblemHttpResult>> GetAsync(
        string id, IMediator mediator, IMapper mapper, CancellationToken cancellationToken)
    {
        if (!Ids.Template(id).TryGet(out var templateId, out var unknown)) return unknown.ToProblem();
        var found = await mediator.Send(new GetTemplateQuery(templateId), cancellationToken);
        return found.TryGet(out var template, out var error) ? TypedResults.Ok(mapper.Map<TemplateResponse>(template)) : error.ToProblem();
    }

    /// <summary>Make the next version of a prompt template</summary>
    /// <remarks>The body is the whole new definition. Published versions stay readable as they are, and training sheets that exist keep the version they were made with.</remarks>
    internal static async Task<Results<Ok<TemplateResponse>, ProblemHttpResult>> ReplaceAsync(
        string id, TemplateRequest request, IMediator mediator, IMapper mapper, CancellationToken cancellationToken)
    {
        if (!Ids.Template(id).TryGet(out var templateId, out var unknown)) return unknown.ToProblem();
        if (!request.ToDraft().TryGet(out var draft, out var invalid)) return invalid.ToProblem();
        var replaced = await mediator.Send(new ReplaceTemplateCommand(templateId, draft), cancellationToken);
        return replaced.TryGet(out var template, out var error) ? TypedResults.Ok(mapper.Map<TemplateResponse>(template)) : error.ToProblem();
    }

    /// <summary>List the versions of a prompt template</summary>
    /// <remarks>Newest first: those that were published, which never change, and the present one. Earlier drafts are not kept.</remarks>
    internal static async Task<Results<Ok<ListResponse<TemplateVersionResponse>>, ProblemHttpResult>> ListVersionsAsync(
        string id, IMediator mediator, IMapper mapper, CancellationToken cancellationToken, int? limit = null, string? cursor = null)
    {
        if (!Ids.Template(id).TryGet(out var templateId, out var unknown)) return unknown.ToProblem();
        var listed = await mediator.Send(new ListTemplateVersionsQuery(templateId, limit, cursor), cancellationToken);
        return listed.TryGet(out var page, out var error) ? TypedResults.Ok(mapper.MapPage<TemplateVersion, TemplateVersionResponse>(page)) : error.ToProblem();
    }

    /// <summary>Read a version of a prompt template</summary>
    internal static async Task<Results<Ok<TemplateVersionResponse>, ProblemHttpResult>> GetVersionAsync(
        string id, int version, IMediator mediator, IMapper mapper, CancellationToken cancellationToken)
    {
        if (!Ids.Template(id).TryGet(out var templateId, out var unknown)) return unknown.ToProblem();
        var found = await mediator.Send(new GetTemplateVersionQuery(templateId, version), cancellationToken);
        return found.TryGet(out var kept, out var error) ? TypedResults.Ok(mapper.Map<TemplateVersionResponse>(kept)) : error.ToProblem();
    }

    /// <summary>Delete a prompt template with all its versions</summary>
    /// <remarks>What was made with it stays, and keeps its own copy of it.</remarks>
    internal static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, IMediator mediator, CancellationToken cancellationToken)
    {
        if (!Ids.Template(id).TryGet(out var templateId, out var unknown)) return unknown.ToProblem();
        var deleted = await mediator.Send(new DeleteTemplateCommand(templateId), cancellationToken);
        return deleted.TryGet(out _, out var error) ? TypedResults.NoContent() : error.ToProblem();
    }

    /// <summary>Render a prompt template for the first items of a sheet</summary>
    /// <remarks>Nothing is asked of a model.</remarks>
    internal static async Task<Results<Ok<PreviewResponse>, ProblemHttpResult>> PreviewAsync(
        string id, PreviewRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        if (!Ids.Template(id).TryGet(out var templateId, out var unknown)) return unknown.ToProblem();
        if (!Identifier.IsValid(request.SheetId)) return Error.InvalidField("sheet_id", $"Name the sheet. A sheet id has {Identifier.Shape}.").ToProblem();
        if (!ColumnMapping.Read(request.ColumnMapping, "column_mapping").TryGet(out var mapping, out var invalid)) return invalid.ToProblem();
        var rendered = await mediator.Send(new PreviewTemplateQuery(templateId, new SheetId(request.SheetId!), request.Limit, mapping), cancellationToken);
        return rendered.TryGet(out var previews, out var error)
            ? TypedResults.Ok(new PreviewResponse([.. previews.Select(PreviewItemResponse.Of)]))
            : error.ToProblem();
    }
}
