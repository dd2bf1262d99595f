using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Mirion.Generation.Api.Contracts;
using Mirion.Generation.Api.OpenApi;
using Mirion.Generation.Api.Problems;
using Mirion.Generation.Application.TrainingSheets.Cancel;
using Mirion.Generation.Application.TrainingSheets.Estimate;
using Mirion.Generation.Application.TrainingSheets.Generate;
using Mirion.Generation.Application.TrainingSheets.Resume;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Api.Endpoints;

/// <summary>Making training sheets.</summary>
internal static class GenerationEndpoints
{
    /// <summary>Maps them.</summary>
    public static IEndpointRouteBuilder MapGeneration(this IEndpointRouteBuilder api)
    {
        var generation = api.MapGroup("/training-sheets").WithTags("Training sheets");
        generation.MapPost("/generate", GenerateAsync).Named("generateTrainingSheet").Refuses(400, 404, 409, 413, 415, 422, 502, 503, 504);
        generation.MapPost("/estimate", EstimateAsync).Named("estimateTrainingSheet").Refuses(400, 404, 413, 415, 422, 502, 503, 504);
        generation.MapPost("/{id}/cancel", CancelAsync).Named("cancelTrainingSheet").Refuses(404, 409, 502, 503, 504);
        generation.MapPost("/{id}/resume", ResumeAsync).Named("resumeTrainingSheet").Refuses(404, 409, 502, 503, 504);
        return api;
    }

    /// <summary>Generate a training sheet</summary>
    /// <remarks>
    /// Checks the whole request first. Answers 201 when the pairs are made, also when the run failed (its status says so), and 202 when they are
    /// being made by a job; read the training sheet at its Location to see how far it is.
    /// </remarks>
    internal static async Task<Results<Created<TrainingSheetResponse>, Accepted<TrainingSheetResponse>, ProblemHttpResult>> GenerateAsync(
        GenerateRequest request,
        IMediator mediator,
        IMapper mapper,
        IHostApplicationLifetime host,
        CancellationToken cancellationToken,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey = null)
    {
        if (!request.Read().TryGet(out var recipe, out var invalid)) return invalid.ToProblem();
        // A generation may take minutes, and a host that is told to stop should not wait for it.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        var generated = await mediator.Send(
            new GenerateTrainingSheetCommand(recipe.Sheet, recipe.Template, recipe.Config, request.Name, idempotencyKey, TemplateVersion: request.TemplateVersion), either.Token);
        if (!generated.TryGet(out var sheet, out var error)) return error.ToProblem();
        var (location, response) = (LocationOf(sheet), mapper.Map<TrainingSheetResponse>(sheet));
        return response is { Mode: ExecutionMode.Job } or { Status: TrainingSheetStatus.Generating }
            ? TypedResults.Accepted(location, response)
            : TypedResults.Created(location, response);
    }

    /// <summary>Check a generation and count what it would do</summary>
    /// <remarks>Takes the same body, asks a model nothing and stores nothing.</remarks>
    internal static async Task<Results<Ok<EstimateResponse>, ProblemHttpResult>> EstimateAsync(
        GenerateRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        if (!request.Read().TryGet(out var recipe, out var invalid)) return invalid.ToProblem();
        var estimated = await mediator.Send(new EstimateGenerationQuery(recipe.Sheet, recipe.Template, recipe.Config, request.TemplateVersion), cancellationToken);
        return estimated.TryGet(out var estimate, out var error) ? TypedResults.Ok(EstimateResponse.Of(estimate)) : error.ToProblem();
    }

    /// <summary>Stop a generation</summary>
    /// <remarks>
    /// Wherever it runs. What is done is kept: the training sheet is failed with the reason <c>cancelled</c>, and can be resumed. Refused when it is not generating.
    /// </remarks>
    internal static async Task<Results<Ok<TrainingSheetResponse>, ProblemHttpResult>> CancelAsync(
        string id, IMediator mediator, IMapper mapper, CancellationToken cancellationToken)
    {
        if (!Ids.TrainingSheet(id).TryGet(out var sheetId, out var unknown)) return unknown.ToProblem();
        var cancelled = await mediator.Send(new CancelGenerationCommand(sheetId), cancellationToken);
        return cancelled.TryGet(out var sheet, out var error) ? TypedResults.Ok(mapper.Map<TrainingSheetResponse>(sheet)) : error.ToProblem();
    }

    /// <summary>Go on with a generation</summary>
    /// <remarks>
    /// Completes a training sheet that failed, or tries the items again that one in review could not generate, and repeats nothing that is done. It runs where it ran before:
    /// answers 200 when the run is over, also when it failed again, and 202 when a job was launched.
    /// </remarks>
    internal static async Task<Results<Ok<TrainingSheetResponse>, Accepted<TrainingSheetResponse>, ProblemHttpResult>> ResumeAsync(
        string id, IMediator mediator, IMapper mapper, IHostApplicationLifetime host, CancellationToken cancellationToken)
    {
        if (!Ids.TrainingSheet(id).TryGet(out var sheetId, out var unknown)) return unknown.ToProblem();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        var resumed = await mediator.Send(new ResumeGenerationCommand(sheetId), either.Token);
        if (!resumed.TryGet(out var sheet, out var error)) return error.ToProblem();
        var response = mapper.Map<TrainingSheetResponse>(sheet);
        return sheet.Status is TrainingSheetStatus.Generating ? TypedResults.Accepted(LocationOf(sheet), response) : TypedResults.Ok(response);
    }

    private static string LocationOf(TrainingSheet sheet) => $"{Routes.Base}/training-sheets/{sheet.Id}";
}
