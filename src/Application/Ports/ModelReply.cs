using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Application.Ports;

/// <summary>What came of asking: an answer, or the reason why this one item has none.</summary>
public sealed record ModelReply
{
    /// <summary>The model that was asked, by the name it was asked under.</summary>
    public required string Model { get; init; }

    /// <summary>The answer; null exactly when <see cref="Error"/> is not.</summary>
    public string? Answer { get; init; }

    /// <summary>Why there is none: <c>length</c>, <c>content_filter</c>, <c>empty_answer</c>, <c>no_examples</c>, <c>model_refused</c>, <c>retries_exhausted</c>, <c>schema_mismatch</c>, ….</summary>
    public GenerationError? Error { get; init; }

    /// <summary>The settings that went over the wire, without what the model cannot be told; null where nothing did.</summary>
    public ModelSettings? Sent { get; init; }

    /// <summary>The model's own word on why it stopped.</summary>
    public string? FinishReason { get; init; }

    /// <summary>Tokens of the prompt, where the model said.</summary>
    public int? PromptTokens { get; init; }

    /// <summary>Tokens of the answer, where the model said.</summary>
    public int? CompletionTokens { get; init; }

    /// <summary>How often the question was put: twice where the first answer did not match the schema. An adapter leaves it.</summary>
    public int Calls { get; init; } = 1;

    /// <summary>Attempts made, over all calls, the first included; an adapter, which makes one, leaves it.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>From the first attempt to the reply, over all calls; an adapter leaves it.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>This reply to a question that was put before, with what both took.</summary>
    public ModelReply After(ModelReply first) => this with
    {
        Sent = Sent ?? first.Sent,
        PromptTokens = Sum(first.PromptTokens, PromptTokens),
        CompletionTokens = Sum(first.CompletionTokens, CompletionTokens),
        Calls = first.Calls + Calls,
        Attempts = first.Attempts + Attempts,
        Elapsed = first.Elapsed + Elapsed,
    };

    private static int? Sum(int? one, int? other) => one is null && other is null ? null : (one ?? 0) + (other ?? 0);
}
