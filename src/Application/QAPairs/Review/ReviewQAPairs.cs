using FluentValidation;
using MediatR;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.QAPairs.Review;

/// <summary>Pairs of a training sheet by what they are.</summary>
/// <param name="TrainingSheetId">The training sheet.</param>
/// <param name="Pairs">Which of its pairs.</param>
public sealed record ReviewFilter(TrainingSheetId TrainingSheetId, QAPairFilter Pairs);

/// <summary>Decides alike on many pairs: those of a list, or those that a filter finds.</summary>
/// <param name="Action">The decision; no edit.</param>
/// <param name="Ids">The pairs, as text.</param>
/// <param name="Filter">Or what they are.</param>
public sealed record ReviewQAPairsCommand(ReviewAction Action, IReadOnlyList<string>? Ids = null, ReviewFilter? Filter = null) : IRequest<Result<BulkReview>>
{
    /// <summary>The most ids that one request may name.</summary>
    public const int MostIds = 10_000;
}

/// <summary>A pair that was not decided on.</summary>
/// <param name="Id">The pair, as it was named.</param>
/// <param name="Error">Why.</param>
public sealed record ReviewRefusal(string Id, Error Error);

/// <summary>What became of a decision on many pairs.</summary>
/// <param name="Changed">How many pairs were decided on.</param>
/// <param name="Refused">Pairs that were not, the first hundred.</param>
/// <param name="RefusedCount">How many were not.</param>
public sealed record BulkReview(long Changed, IReadOnlyList<ReviewRefusal> Refused, long RefusedCount);

internal sealed class ReviewQAPairsValidator : AbstractValidator<ReviewQAPairsCommand>
{
    public ReviewQAPairsValidator()
    {
        RuleFor(command => command.Ids).Must((command, ids) => (ids is null) != (command.Filter is null)).OverridePropertyName("ids").WithMessage("Give either ids or a filter.");
        RuleFor(command => command.Ids).Must(ids => ids is null or { Count: > 0 and <= ReviewQAPairsCommand.MostIds }).OverridePropertyName("ids")
            .WithMessage($"Name 1 to {ReviewQAPairsCommand.MostIds} pairs; a filter takes any number.");
        RuleFor(command => command.Action).Must(action => action.Verb is not ReviewVerb.Edit).OverridePropertyName("action").WithMessage("Edits are made one by one.");
        RuleFor(command => command.Action).Must(action => action.Verb is not ReviewVerb.Flag || !string.IsNullOrWhiteSpace(action.Reason)).OverridePropertyName("reason")
            .WithMessage("Say why the pairs are flagged.");
    }
}
