using System.Net.Mime;
using Mirion.Generation.Api.Contracts;

namespace Mirion.Generation.Api.OpenApi;

/// <summary>What an endpoint says about itself.</summary>
internal static class EndpointDescriptions
{
    /// <summary>Gives the operation its id.</summary>
    public static RouteHandlerBuilder Named(this RouteHandlerBuilder endpoint, string operationId) => endpoint.WithName(operationId);

    /// <summary>Declares the statuses of its refusals, and those that every endpoint shares.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses) endpoint.Produces<Problem>(status, MediaTypeNames.Application.ProblemJson);
        return endpoint.Produces<Problem>(StatusCodes.Status500InternalServerError, MediaTypeNames.Application.ProblemJson);
    }
}
