using System.Text.Json;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Api.Contracts;

/// <summary>A prompt template: how to ask a model about an item, and which label type the answer is.</summary>
public sealed record TemplateResponse
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>1 when first made; every change raises it by one.</summary>
    public required int Version { get; init; }

    /// <summary>Where it stands.</summary>
    public required TemplateStatus Status { get; init; }

    /// <summary>What task its answers are labels for.</summary>
    public required string LabelType { get; init; }

    /// <summary>Literal text of the system turn, or null for none.</summary>
    public required string? SystemPrompt { get; init; }

    /// <summary>Handlebars text of the user turn.</summary>
    public required string UserPromptTemplate { get; init; }

    /// <summary>The model to ask, or null where the caller names it.</summary>
    public required string? BaseModel { get; init; }

    /// <summary>0 to 2.</summary>
    public required double Temperature { get; init; }

    /// <summary>The longest answer, in tokens.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>A JSON Schema that answers must match; null for free text.</summary>
    public required JsonElement? OutputSchema { get; init; }

    /// <summary>Worked examples that stand before every question.</summary>
    public required IReadOnlyList<TemplateExample> Examples { get; init; }
}

/// <summary>A version of a prompt template.</summary>
public sealed record TemplateVersionResponse
{
    /// <summary>The version.</summary>
    public required int Version { get; init; }

    /// <summary>Where the template stands in it. A version that is <c>published</c> never changes.</summary>
    public required TemplateStatus Status { get; init; }

    /// <summary>Who published it; null where it is not published, or that was not recorded.</summary>
    public required string? PublishedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset? PublishedAt { get; init; }

    /// <summary>The template as it is in this version.</summary>
    public required TemplateResponse Template { get; init; }
}
