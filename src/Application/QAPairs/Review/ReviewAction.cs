using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Application.QAPairs.Review;

/// <summary>What can be decided of a pair.</summary>
public enum ReviewVerb
{
    /// <summary>Take the answer as it is.</summary>
    Approve,

    /// <summary>Replace the answer, and take it.</summary>
    Edit,

    /// <summary>Decide against the pair.</summary>
    Reject,

    /// <summary>Say that something is wrong with it.</summary>
    Flag,
}

/// <summary>A decision that is to be taken.</summary>
/// <param name="Verb">What.</param>
/// <param name="Content">The new answer, of an edit.</param>
/// <param name="Reason">Why: of a flag, and of a rejection where one is given.</param>
public sealed record ReviewAction(ReviewVerb Verb, string? Content = null, string? Reason = null)
{
    /// <summary>Whether it makes the pair's answer the canonical label.</summary>
    internal bool Labels => Verb is ReviewVerb.Approve or ReviewVerb.Edit;

    /// <summary>The pair as the decision makes it, or the refusal.</summary>
    internal Result<QAPair> On(QAPair pair, CanonicalLabelId label, PairDecision decision) => Verb switch
    {
        ReviewVerb.Approve => pair.Approve(label, decision.By, decision.At),
        ReviewVerb.Edit => pair.Edit(Content ?? string.Empty, label, decision.By, decision.At),
        ReviewVerb.Reject => pair.Reject(Reason, decision.By, decision.At),
        _ => pair.Flag(Reason ?? string.Empty, decision.By, decision.At),
    };
}
