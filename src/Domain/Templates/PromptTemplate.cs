using System.Text.Json;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;

namespace Mirion.Generation.Domain.Templates;

/// <summary>How to ask a model about an item, and which label type the answer is.</summary>
public sealed record PromptTemplate
{
    /// <summary>The temperature of a template that names none.</summary>
    public const double DefaultTemperature = 0;

    /// <summary>The token limit of a template that names none.</summary>
    public const int DefaultMaxTokens = 1024;

    /// <summary>The highest temperature any of the supported endpoints takes.</summary>
    public const double HighestTemperature = 2;

    private PromptTemplate(TemplateId id, LabelType labelType) => (Id, LabelType) = (id, labelType);

    /// <summary>The id.</summary>
    public TemplateId Id { get; }

    /// <summary>What task its answers are labels for.</summary>
    public LabelType LabelType { get; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>1 when first made; every change raises it by one.</summary>
    public int Version { get; private init; } = 1;

    /// <summary>Where it stands.</summary>
    public TemplateStatus Status { get; private init; }

    /// <summary>Literal text of the system turn, or null for none.</summary>
    public string? SystemPrompt { get; private init; }

    /// <summary>Handlebars text of the user turn.</summary>
    public required string UserPromptTemplate { get; init; }

    /// <summary>The model to ask, or null where the caller names it.</summary>
    public string? BaseModel { get; private init; }

    /// <summary>0 to 2. Zero is a value, not an absence.</summary>
    public double Temperature { get; private init; }

    /// <summary>The longest answer, in tokens.</summary>
    public int MaxTokens { get; private init; }

    /// <summary>A JSON Schema that answers must match, as compact JSON; null for free text.</summary>
    public string? OutputSchema { get; private init; }

    /// <summary>Worked examples that stand before every question.</summary>
    public IReadOnlyList<TemplateExample> Examples { get; private init; } = [];

    /// <summary>The template that <paramref name="draft"/> describes, or every field of it that cannot be right.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="draft">What was written down.</param>
    /// <param name="version">The version it is to bear, from 1.</param>
    public static Result<PromptTemplate> Create(TemplateId id, TemplateDraft draft, int version = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        var errors = new FieldErrors();
        var status = TemplateStatus.Draft;
        errors.Require(
            draft.Status is null || SnakeCase<TemplateStatus>.TryParse(draft.Status, out status),
            "status",
            $"Give one of {SnakeCase<TemplateStatus>.Choices}.");
        errors.Require(Identifier.IsValid(draft.LabelType), "label_type", $"A label type has {Identifier.Shape}.");
        errors.Require(!string.IsNullOrWhiteSpace(draft.UserPromptTemplate), "user_prompt_template", "A template needs the text of its question.");
        errors.Require(draft.Temperature is null or (>= 0 and <= HighestTemperature), "temperature", $"Give a number from 0 to {HighestTemperature}.");
        errors.Require(draft.MaxTokens is null or > 0, "max_tokens", "Give at least 1.");
        errors.Require(
            draft.Examples is null || draft.Examples.All(example => example is not null && !string.IsNullOrWhiteSpace(example.Input) && !string.IsNullOrWhiteSpace(example.Output)),
            "examples",
            "Each example needs an input and an output.");
        errors.Require(draft.OutputSchema is null || IsJsonObject(draft.OutputSchema), "output_schema", "A JSON Schema is a JSON object.");
        if (!errors.IsEmpty) return errors.ToError();

        return new PromptTemplate(id, new LabelType(draft.LabelType!))
        {
            Name = string.IsNullOrWhiteSpace(draft.Name) ? id.Value : draft.Name,
            Version = version,
            Status = status,
            SystemPrompt = string.IsNullOrEmpty(draft.SystemPrompt) ? null : draft.SystemPrompt,
            UserPromptTemplate = draft.UserPromptTemplate!,
            BaseModel = string.IsNullOrWhiteSpace(draft.BaseModel) ? null : draft.BaseModel,
            Temperature = draft.Temperature ?? DefaultTemperature,
            MaxTokens = draft.MaxTokens ?? DefaultMaxTokens,
            OutputSchema = draft.OutputSchema,
            Examples = [.. draft.Examples ?? []],
        };
    }

    /// <summary>The next version, as <paramref name="draft"/> describes it.</summary>
    public Result<PromptTemplate> Revise(TemplateDraft draft) => Create(Id, draft, Version + 1);

    /// <summary>The draft that makes this template again.</summary>
    public TemplateDraft ToDraft() => new()
    {
        Id = Id.Value,
        Name = Name,
        Status = SnakeCase<TemplateStatus>.Of(Status),
        LabelType = LabelType.Value,
        SystemPrompt = SystemPrompt,
        UserPromptTemplate = UserPromptTemplate,
        BaseModel = BaseModel,
        Temperature = Temperature,
        MaxTokens = MaxTokens,
        OutputSchema = OutputSchema,
        Examples = Examples,
    };

    private static bool IsJsonObject(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind is JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
