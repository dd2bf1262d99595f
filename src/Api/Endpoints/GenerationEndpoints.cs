using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Mirion.Generation.Api.Contracts;
using Mirion.Generation.Api.OpenApi;
using Mirion.Generation.Api.Problems;
using Mirion.Generation.Application.TrainingSheets.Estimate;
using Mirion.Generation.Application.TrainingSheets.Generate;
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
            new GenerateTrainingSheetCommand(recipe.Sheet, recipe.Template, recipe.Config, request.Name, idempotencyKey), either.Token);
        if (!generated.TryGet(out var sheet, out var error)) return error.ToProblem();
        var (location, response) = ($"{Routes.Base}/training-sheets/{sheet.Id}", mapper.Map<TrainingSheetResponse>(sheet));
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
        var estimated = await mediator.Send(new EstimateGenerationQuery(recipe.Sheet, recipe.Template, recipe.Config), cancellationToken);
        return estimated.TryGet(out var estimate, out var error) ? TypedResults.Ok(EstimateResponse.Of(estimate)) : error.ToProblem();
    }
}
