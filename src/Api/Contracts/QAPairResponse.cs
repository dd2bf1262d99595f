using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Api.Contracts;

/// <summary>A pair of question and answer: a chat example made from one item.</summary>
public sealed record QAPairResponse
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The training sheet it belongs to.</summary>
    public required string TrainingSheetId { get; init; }

    /// <summary>The sheet the item belongs to.</summary>
    public required string SheetId { get; init; }

    /// <summary>The item.</summary>
    public required string ItemRef { get; init; }

    /// <summary>The item's place in item order, from 0.</summary>
    public required long SequenceNumber { get; init; }

    /// <summary>The turns: system (if any), user, and assistant once there is an answer.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>The quality of the pair.</summary>
    public required QAPairStatus Status { get; init; }

    /// <summary>Where the answer comes from.</summary>
    public required LabelingMode LabelingMode { get; init; }

    /// <summary>The label that the answer is.</summary>
    public required string? CanonicalLabelId { get; init; }

    /// <summary>Uses that are allowed.</summary>
    public required IReadOnlyList<string> AllowedUses { get; init; }

    /// <summary>Uses that are prohibited; a prohibition wins over a permission.</summary>
    public required IReadOnlyList<string> ProhibitedUses { get; init; }

    /// <summary>Who decided on it, or labelled the item.</summary>
    public required string? ReviewedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>How many decisions were taken on it since it was made.</summary>
    public required int Revision { get; init; }

    /// <summary>The turns before the first edit; null when it was never edited.</summary>
    public required IReadOnlyList<ChatMessage>? OriginalMessages { get; init; }

    /// <summary>How the pair came to be: what was sent, not what was asked for.</summary>
    public required GenerationMetadataResponse GenerationMetadata { get; init; }

    /// <summary>When the pair was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>How a pair came to be.</summary>
public sealed record GenerationMetadataResponse
{
    /// <summary>The model that was asked; null when none was.</summary>
    public required string? Model { get; init; }

    /// <summary>The temperature that was sent.</summary>
    public required double? Temperature { get; init; }

    /// <summary>The token limit that was sent.</summary>
    public required int? MaxTokens { get; init; }

    /// <summary>The form of answer that was asked for: <c>json_schema</c>, with the template's schema; null when none was, or the endpoint does not take one.</summary>
    public required string? ResponseFormat { get; init; }

    /// <summary>The version of the template that was rendered.</summary>
    public required int TemplateVersion { get; init; }

    /// <summary>SHA-256 (hex) of the rendered messages and settings; null when nothing could be rendered.</summary>
    public required string? PromptHash { get; init; }

    /// <summary>The model's own word on why it stopped.</summary>
    public required string? FinishReason { get; init; }

    /// <summary>Tokens of the prompt, where the model said.</summary>
    public required int? PromptTokens { get; init; }

    /// <summary>Tokens of the answer, where the model said.</summary>
    public required int? CompletionTokens { get; init; }

    /// <summary>Milliseconds from the first attempt to the answer.</summary>
    public required long? LatencyMs { get; init; }

    /// <summary>Calls made for this item, retries included; 0 where <c>shared_with</c> names the item they were made for.</summary>
    public required int Attempts { get; init; }

    /// <summary>The items whose labels stood before the question as examples, most similar first.</summary>
    public required IReadOnlyList<string> FewShotRefs { get; init; }

    /// <summary>The item whose question was the same, and was asked for both, which is done at temperature 0; null where the question was asked for this item, or not at all.</summary>
    public required string? SharedWith { get; init; }

    /// <summary>Why there is no answer; null when there is one, or none was asked for.</summary>
    public required GenerationError? Error { get; init; }
}
