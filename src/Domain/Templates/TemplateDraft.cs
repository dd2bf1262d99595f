namespace Mirion.Generation.Domain.Templates;

/// <summary>A prompt template as somebody wrote it down, before anything of it is known to be right.</summary>
public sealed record TemplateDraft
{
    /// <summary>The id to give it; one is made when absent.</summary>
    public string? Id { get; init; }

    /// <summary>What people call it; the id when absent.</summary>
    public string? Name { get; init; }

    /// <summary><c>draft</c> (the default), <c>published</c> or <c>archived</c>.</summary>
    public string? Status { get; init; }

    /// <summary>What task its answers are labels for.</summary>
    public string? LabelType { get; init; }

    /// <summary>Literal text of the system turn.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>Handlebars text of the user turn.</summary>
    public string? UserPromptTemplate { get; init; }

    /// <summary>The model to ask.</summary>
    public string? BaseModel { get; init; }

    /// <summary>0 to 2; 0 when absent.</summary>
    public double? Temperature { get; init; }

    /// <summary>The longest answer, in tokens; 1024 when absent.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>A JSON Schema that answers must match, as compact JSON.</summary>
    public string? OutputSchema { get; init; }

    /// <summary>Worked examples.</summary>
    public IReadOnlyList<TemplateExample>? Examples { get; init; }
}
