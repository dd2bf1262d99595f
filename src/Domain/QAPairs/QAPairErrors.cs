using System.Globalization;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Domain.QAPairs;

/// <summary>The refusals that concern Q&amp;A pairs.</summary>
public static class QAPairErrors
{
    /// <summary>No pair has this id.</summary>
    public static Error NotFound(string id) => new(ErrorKind.NotFound, "qa_pair_not_found", $"There is no Q&A pair '{id}'.");

    /// <summary>The pair is already where the decision would put it.</summary>
    public static Error AlreadyIs(QAPairStatus status) =>
        new(ErrorKind.Conflict, "illegal_transition", $"The pair is {SnakeCase<QAPairStatus>.Of(status)} already.");

    /// <summary>There is nothing to approve.</summary>
    public static Error NoAnswer { get; } =
        new(ErrorKind.Conflict, "illegal_transition", "The pair has no answer to approve. Edit it to give it one, or reject it.");

    /// <summary>The pair is no longer as it was read.</summary>
    /// <param name="now">The pair as it is now.</param>
    public static Error Stale(QAPair now) => new(
        ErrorKind.Stale,
        "stale_write",
        now.State.Decision is { } decision && now.Revision > 0
            ? string.Create(CultureInfo.InvariantCulture, $"The pair is not as it was read: {decision.By} decided on it at {decision.At:u}, and it is {SnakeCase<QAPairStatus>.Of(now.Status)} now. Nothing was changed; read it again.")
            : $"The pair is not as it was read: it was made anew, and is {SnakeCase<QAPairStatus>.Of(now.Status)} now. Nothing was changed; read it again.");

    /// <summary>An answer must say something.</summary>
    public static Error BlankAnswer { get; } = Error.InvalidField("content", "An answer is not blank.");

    /// <summary>A flag needs its reason.</summary>
    public static Error ReasonMissing { get; } = Error.InvalidField("reason", "Say why the pair is flagged.");
}
