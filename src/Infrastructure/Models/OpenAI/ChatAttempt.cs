using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>What is to become of a call after an attempt.</summary>
internal enum AttemptFate
{
    /// <summary>There is a reply to read.</summary>
    Answered,

    /// <summary>The endpoint will not answer this question.</summary>
    QuestionRefused,

    /// <summary>The endpoint will not answer any question.</summary>
    EndpointRefused,

    /// <summary>Another attempt may do better.</summary>
    TryAgain,
}

/// <summary>What one attempt came to.</summary>
/// <param name="Fate">What is to become of the call.</param>
/// <param name="What">What happened, in words that contain nothing of a body.</param>
internal sealed record ChatAttempt(AttemptFate Fate, string What)
{
    /// <summary>The HTTP status; null when there was none.</summary>
    public int? Status { get; init; }

    /// <summary>The reply; null unless answered.</summary>
    public ChatCompletion? Completion { get; init; }

    /// <summary>How long the endpoint asked to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the question can have reached the endpoint.</summary>
    public bool Sent { get; init; } = true;

    /// <summary>Whether the account behind the key has nothing left to spend.</summary>
    public bool QuotaSpent { get; init; }

    /// <summary>What sort of trouble the endpoint is in.</summary>
    public UpstreamFault Fault { get; init; }

    /// <summary>What was thrown below.</summary>
    public Exception? Cause { get; init; }

    /// <summary>Whether the endpoint asked for fewer calls, which shows that it is alive.</summary>
    public bool IsThrottled => Status is 429;
}
