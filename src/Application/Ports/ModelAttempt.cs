namespace Mirion.Generation.Application.Ports;

/// <summary>What is to become of a call after an attempt.</summary>
public enum AttemptFate
{
    /// <summary>There is a reply.</summary>
    Answered,

    /// <summary>The endpoint will not answer this question, however often it is asked.</summary>
    QuestionRefused,

    /// <summary>Another attempt may do better.</summary>
    TryAgain,

    /// <summary>The endpoint does not take the form of answer that was asked for. The next attempt is made without it, at once.</summary>
    FormatRefused,
}

/// <summary>What one attempt to ask a model came to.</summary>
public sealed record ModelAttempt
{
    private const int TooManyRequests = 429;
    private const int ServiceUnavailable = 503;

    private ModelAttempt(AttemptFate fate, string what) => (Fate, What) = (fate, what);

    /// <summary>What is to become of the call.</summary>
    public AttemptFate Fate { get; }

    /// <summary>What happened, in words that hold nothing of a prompt or a body: <c>HTTP 503 (request id 7)</c>.</summary>
    public string What { get; }

    /// <summary>The reply; null unless answered.</summary>
    public ModelReply? Reply { get; private init; }

    /// <summary>The HTTP status; null when there was none.</summary>
    public int? Status { get; init; }

    /// <summary>How long the endpoint asked to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The settings that went over the wire, without what the model cannot be told; null where nothing can have reached the endpoint.</summary>
    public ModelSettings? Sent { get; init; }

    /// <summary>What sort of trouble the endpoint is in.</summary>
    public UpstreamFault Fault { get; init; }

    /// <summary>What was thrown below.</summary>
    public Exception? Cause { get; init; }

    /// <summary>Whether the endpoint has more to do than it can: fewer calls would help.</summary>
    public bool IsOverload => Fate is AttemptFate.TryAgain && Status is TooManyRequests or ServiceUnavailable;

    /// <summary>Whether the endpoint asked for fewer calls, which says nothing against the question and shows that it is alive.</summary>
    public bool IsThrottled => Fate is AttemptFate.TryAgain && (Status is TooManyRequests || (Status is ServiceUnavailable && RetryAfter is not null));

    /// <summary>The endpoint replied, be it with an answer or with a reason why there is none.</summary>
    public static ModelAttempt Answered(ModelReply reply) => new(AttemptFate.Answered, "an answer") { Reply = reply, Sent = reply.Sent };

    /// <summary>The endpoint will not answer this question.</summary>
    public static ModelAttempt Refused(string what) => new(AttemptFate.QuestionRefused, what);

    /// <summary>The endpoint does not take the form of answer that was asked for, and is not asked for it any more.</summary>
    public static ModelAttempt FormatRefused(string what) => new(AttemptFate.FormatRefused, what);

    /// <summary>Nothing came of it, this time.</summary>
    public static ModelAttempt TryAgain(string what) => new(AttemptFate.TryAgain, what);
}
