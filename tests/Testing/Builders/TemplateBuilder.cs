using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Testing.Builders;

/// <summary>Prompt templates, legal by default.</summary>
public static class TemplateBuilder
{
    /// <summary>Who publishes templates, and when.</summary>
    public static Publication Publication { get; } = new("ml.engineer", Times.Start);

    /// <summary>A prompt template.</summary>
    public static PromptTemplate Template(
        string id = "triage",
        string? name = null,
        string labelType = "classification",
        string userPrompt = "Which defect is it? {{note}}",
        string? systemPrompt = null,
        string? model = null,
        double? temperature = null,
        int? maxTokens = null,
        string? outputSchema = null,
        IReadOnlyList<TemplateExample>? examples = null,
        string? status = null,
        int version = 1) => PromptTemplate.Create(
            new TemplateId(id),
            new TemplateDraft
            {
                Name = name,
                Status = status,
                LabelType = labelType,
                SystemPrompt = systemPrompt,
                UserPromptTemplate = userPrompt,
                BaseModel = model,
                Temperature = temperature,
                MaxTokens = maxTokens,
                OutputSchema = outputSchema,
                Examples = examples,
            },
            version).Value;
}
