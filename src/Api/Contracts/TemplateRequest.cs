using System.Text.Json;
using System.Text.Json.Serialization;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Api.Contracts;

/// <summary>A prompt template as a caller defines it.</summary>
public sealed record TemplateRequest
{
    /// <summary>The id to give it; one is made when absent. It cannot be changed later.</summary>
    public string? Id { get; init; }

    /// <summary>What people call it; the id when absent.</summary>
    public string? Name { get; init; }

    /// <summary>The version it was read with. The product counts versions, so it is ignored.</summary>
    public int? Version { get; init; }

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

    /// <summary>A JSON Schema that answers must match. Once the template is published, labels of its label type are held to it too.</summary>
    [JsonConverter(typeof(WritableJsonConverter))]
    public JsonElement OutputSchema { get; init; }

    /// <summary>Worked examples that stand before every question.</summary>
    public IReadOnlyList<TemplateExample?>? Examples { get; init; }

    internal Result<TemplateDraft> ToDraft()
    {
        // A list's entries may be null in JSON whatever C# says.
        if (Examples is not null && Examples.Contains(null)) return Error.InvalidField("examples", "Each example needs an input and an output.");
        return new TemplateDraft
        {
            Id = Id,
            Name = Name,
            Status = Status,
            LabelType = LabelType,
            SystemPrompt = SystemPrompt,
            UserPromptTemplate = UserPromptTemplate,
            BaseModel = BaseModel,
            Temperature = Temperature,
            MaxTokens = MaxTokens,
            OutputSchema = OutputSchema.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : CompactJson.Write(OutputSchema),
            Examples = Examples?.OfType<TemplateExample>().ToList(),
        };
    }
}
