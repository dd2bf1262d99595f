using System.Runtime.CompilerServices;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Mirion.Generation.Api.Contracts;
using Mirion.Generation.Api.Events;
using Mirion.Generation.Api.OpenApi;
using Mirion.Generation.Api.Problems;
using Mirion.Generation.Application.TrainingSheets.Watch;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Api.Endpoints;

/// <summary>Watching a generation.</summary>
internal static class EventEndpoints
{
    /// <summary>Maps it.</summary>
    public static IEndpointRouteBuilder MapEvents(this IEndpointRouteBuilder api)
    {
        api.MapGet("/training-sheets/{id}/events", WatchAsync).WithTags("Training sheets").Named("watchTrainingSheet").Refuses(404)
            .Produces<GenerationEventResponse>(StatusCodes.Status200OK, EventStream.MediaType);
        return api;
    }

    /// <summary>Watch a generation</summary>
    /// <remarks>
    /// Server-sent events: <c>progress</c> while it goes on, wherever it runs, then <c>completed</c> or <c>failed</c>, after which the stream ends. Each says how the training sheet
    /// stands, whole, so that a client which missed some has missed nothing. A client that connects again with <c>Last-Event-ID</c> is not told again what it has seen; one that has seen the end is
    /// answered 204, which a browser takes as word not to come back.
    /// </remarks>
    internal static async Task<Results<EventStream, NoContent, ProblemHttpResult>> WatchAsync(
        string id,
        IMediator mediator,
        IHostApplicationLifetime host,
        TimeProvider clock,
        CancellationToken cancellationToken,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId = null)
    {
        if (!Ids.TrainingSheet(id).TryGet(out var sheetId, out var unknown)) return unknown.ToProblem();
        var watched = await mediator.Send(new WatchTrainingSheetQuery(sheetId, lastEventId), cancellationToken);
        if (!watched.TryGet(out var watch, out var error)) return error.ToProblem();
        return watch.Events is { } events ? new EventStream(TellAsync(events), clock, host.ApplicationStopping) : TypedResults.NoContent();
    }

    private static async IAsyncEnumerable<ServerEvent> TellAsync(IAsyncEnumerable<WatchEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var seen in events.WithCancellation(cancellationToken))
        {
            yield return new ServerEvent(seen.Id, SnakeCase<WatchEventKind>.Of(seen.Kind), GenerationEventResponse.Of(seen));
        }
    }
}
