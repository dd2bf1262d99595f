using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Mirion.Generation.Api.Contracts;
using Mirion.Generation.Api.OpenApi;
using Mirion.Generation.Api.Problems;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.QAPairs.Review;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Api.Endpoints;

/// <summary>People's decisions on Q&amp;A pairs.</summary>
internal static class ReviewEndpoints
{
    /// <summary>Maps them.</summary>
    public static IEndpointRouteBuilder MapReview(this IEndpointRouteBuilder api)
    {
        var pairs = api.MapGroup("/qa-pairs").WithTags("Q&A pairs");
        pairs.MapPost("/{id}/approve", ApproveAsync).Named("approveQAPair").Refuses(400, 404, 409, 412);
        pairs.MapPost("/{id}/edit", EditAsync).Named("editQAPair").Refuses(400, 404, 409, 412, 413, 415);
        pairs.MapPost("/{id}/reject", RejectAsync).Named("rejectQAPair").Refuses(400, 404, 409, 412, 413, 415);
        pairs.MapPost("/{id}/flag", FlagAsync).Named("flagQAPair").Refuses(400, 404, 409, 412, 413, 415);
        pairs.MapPost("/bulk", BulkAsync).Named("reviewQAPairs").Refuses(400, 404, 409, 413, 415);
        return api;
    }

    /// <summary>Approve a pair</summary>
    /// <remarks>Takes its answer, which becomes the canonical label of the item.</remarks>
    internal static Task<Results<Ok<QAPairResponse>, ProblemHttpResult>> ApproveAsync(
        string id, [AsParameters] Review review, CancellationToken cancellationToken) => review.DecideAsync(id, new ReviewAction(ReviewVerb.Approve), cancellationToken);

    /// <summary>Give a pair another answer</summary>
    /// <remarks>It becomes the canonical label of the item, or the next version of it. The messages before the first edit are kept.</remarks>
    internal static Task<Results<Ok<QAPairResponse>, ProblemHttpResult>> EditAsync(
        string id, EditRequest request, [AsParameters] Review review, CancellationToken cancellationToken) =>
        review.DecideAsync(id, new ReviewAction(ReviewVerb.Edit, Content: request.Content), cancellationToken);

    /// <summary>Reject a pair</summary>
    /// <remarks>The canonical label, where there is one, stays as it is. The body may be left out.</remarks>
    internal static Task<Results<Ok<QAPairResponse>, ProblemHttpResult>> RejectAsync(
        string id, [AsParameters] Review review, CancellationToken cancellationToken, [FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)] ReasonRequest? request = null) =>
        review.DecideAsync(id, new ReviewAction(ReviewVerb.Reject, Reason: request?.Reason), cancellationToken);

    /// <summary>Flag a pair</summary>
    /// <remarks>Says that something is wrong with it; a training sheet that was approved is in review again.</remarks>
    internal static Task<Results<Ok<QAPairResponse>, ProblemHttpResult>> FlagAsync(
        string id, ReasonRequest request, [AsParameters] Review review, CancellationToken cancellationToken) =>
        review.DecideAsync(id, new ReviewAction(ReviewVerb.Flag, Reason: request.Reason), cancellationToken);

    /// <summary>Decide on many pairs</summary>
    /// <remarks>Those that ids name, or those that a filter finds; some 500 at a time, each time all of them or none. What does not suit a pair is refused for that pair alone.</remarks>
    internal static async Task<Results<Ok<BulkReviewResponse>, ProblemHttpResult>> BulkAsync(
        BulkReviewRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        if (!ReadBulk(request).TryGet(out var command, out var invalid)) return invalid.ToProblem();
        var reviewed = await mediator.Send(command, cancellationToken);
        return reviewed.TryGet(out var bulk, out var error)
            ? TypedResults.Ok(new BulkReviewResponse(
                bulk.Changed, [.. bulk.Refused.Select(refused => new RefusedPairResponse(refused.Id, refused.Error.Code, refused.Error.Message))], bulk.RefusedCount))
            : error.ToProblem();
    }

    private static Result<ReviewQAPairsCommand> ReadBulk(BulkReviewRequest request)
    {
        var errors = new FieldErrors();
        var known = SnakeCase<ReviewVerb>.TryParse(request.Action, out var verb) && verb is not ReviewVerb.Edit;
        errors.Require(known, "action", "Give one of approve, reject, flag.");
        var filter = request.Filter is { } body ? ReadFilter(body, errors) : null;
        return errors.IsEmpty ? new ReviewQAPairsCommand(new ReviewAction(verb, Reason: request.Reason), request.Ids, filter) : errors.ToError();
    }

    private static ReviewFilter? ReadFilter(BulkFilterBody body, FieldErrors errors)
    {
        errors.Require(Identifier.IsValid(body.TrainingSheetId), "filter.training_sheet_id", $"Name the training sheet. A training sheet id has {Identifier.Shape}.");
        var status = errors.Choice<QAPairStatus>(body.Status, "filter.status");
        var mode = errors.Choice<LabelingMode>(body.LabelingMode, "filter.labeling_mode");
        return errors.IsEmpty ? new ReviewFilter(new TrainingSheetId(body.TrainingSheetId!), new QAPairFilter(status, mode)) : null;
    }

    /// <summary>What every decision on one pair takes.</summary>
    /// <param name="Mediator">The application.</param>
    /// <param name="Mapper">The read models.</param>
    /// <param name="Response">The response, which is tagged.</param>
    /// <param name="IfMatch">The state of the pair that it is meant for.</param>
    internal sealed record Review(IMediator Mediator, IMapper Mapper, HttpResponse Response, [FromHeader(Name = "If-Match")] string? IfMatch = null)
    {
        public async Task<Results<Ok<QAPairResponse>, ProblemHttpResult>> DecideAsync(string id, ReviewAction action, CancellationToken cancellationToken)
        {
            if (!PairTags.Read(IfMatch).TryGet(out var expected, out var malformed)) return malformed.ToProblem();
            var decided = await Mediator.Send(new ReviewQAPairCommand(id, action, expected.Tags), cancellationToken);
            if (!decided.TryGet(out var pair, out var error)) return error.ToProblem();
            Response.Tag(pair);
            return TypedResults.Ok(Mapper.Map<QAPairResponse>(pair));
        }
    }
}
