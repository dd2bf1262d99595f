namespace Mirion.Generation.Domain.QAPairs;

/// <summary>Why an item has no answer.</summary>
/// <param name="Code">Stable snake_case code, such as <c>content_filter</c>.</param>
/// <param name="Message">What happened, for a person; no data of the item.</param>
public sealed record GenerationError(string Code, string Message);

/// <summary>How a pair came to be: what was sent, not what was asked for.</summary>
public sealed record GenerationMetadata
{
    /// <summary>The version of the template that was rendered.</summary>
    public required int TemplateVersion { get; init; }

    /// <summary>SHA-256 (hex) of the rendered messages and settings; null when nothing could be rendered.</summary>
    public string? PromptHash { get; init; }

    /// <summary>The model that was asked; null when none was.</summary>
    public string? Model { get; init; }

    /// <summary>The temperature that was sent.</summary>
    public double? Temperature { get; init; }

    /// <summary>The token limit that was sent.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>The form of answer that was asked for: <c>json_schema</c>, with the template's schema; null when none was, or the endpoint does not take one.</summary>
    public string? ResponseFormat { get; init; }

    /// <summary>The model's own word on why it stopped.</summary>
    public string? FinishReason { get; init; }

    /// <summary>Tokens of the prompt, where the model said.</summary>
    public int? PromptTokens { get; init; }

    /// <summary>Tokens of the answer, where the model said.</summary>
    public int? CompletionTokens { get; init; }

    /// <summary>Milliseconds from the first attempt to the answer.</summary>
    public long? LatencyMs { get; init; }

    /// <summary>Calls made for this item, retries included; 0 where <see cref="SharedWith"/> names the item they were made for.</summary>
    public int Attempts { get; init; }

    /// <summary>The items whose labels stood before the question, most similar first.</summary>
    public IReadOnlyList<string> FewShotRefs { get; init; } = [];

    /// <summary>The item whose question was the same, and was asked for both; null where the question was asked for this item, or not at all.</summary>
    public string? SharedWith { get; init; }

    /// <summary>Why there is no answer; null when there is one, or none was asked for.</summary>
    public GenerationError? Error { get; init; }
}
