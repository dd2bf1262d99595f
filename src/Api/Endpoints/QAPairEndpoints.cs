using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Mirion.Generation.Api.Contracts;
using Mirion.Generation.Api.OpenApi;
using Mirion.Generation.Api.Problems;
using Mirion.Generation.Application.QAPairs;

namespace Mirion.Generation.Api.Endpoints;

/// <summary>Q&amp;A pairs by their own id.</summary>
internal static class QAPairEndpoints
{
    /// <summary>Maps them.</summary>
    public static IEndpointRouteBuilder MapQAPairs(this IEndpointRouteBuilder api)
    {
        var pairs = api.MapGroup("/qa-pairs").WithTags("Q&A pairs");
        pairs.MapGet("/{id}", GetAsync).Named("getQAPair").Refuses(404);
        return api;
    }

    /// <summary>Read a pair</summary>
    /// <remarks>Its ETag names the state it is in: send it as If-Match with a decision, so that nobody's decision is overwritten unseen.</remarks>
    internal static async Task<Results<Ok<QAPairResponse>, ProblemHttpResult>> GetAsync(
        string id, IMediator mediator, IMapper mapper, HttpResponse response, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new GetQAPairQuery(id), cancellationToken);
        if (!found.TryGet(out var pair, out var error)) return error.ToProblem();
        response.Tag(pair);
        return TypedResults.Ok(mapper.Map<QAPairResponse>(pair));
    }
}
