using Mirion.Generation.Application.Common;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Templates;
using static Mirion.Generation.Infrastructure.Sql.ColumnKind;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>Prompt templates as rows.</summary>
internal static class PromptTemplateRows
{
    public static readonly TableDefinition<PromptTemplate> Table = new("prompt_templates", "How to ask a model about an item.", ["id"],
    [
        new("id", Text, "Names the template.", template => template.Id.Value),
        new("name", Text, "What people call it.", template => template.Name),
        new("version", Integer, "1 when first made; every change raises it by one.", template => template.Version),
        new("status", Text, "draft, published or archived.", template => SnakeCase<TemplateStatus>.Of(template.Status)),
        new("label_type", Text, "What task its answers are labels for.", template => template.LabelType.Value),
        new("system_prompt", Text, "Literal text of the system turn.", template => template.SystemPrompt, Nullable: true),
        new("user_prompt_template", Text, "Handlebars text of the user turn.", template => template.UserPromptTemplate),
        new("base_model", Text, "The model to ask.", template => template.BaseModel, Nullable: true),
        new("temperature", ColumnKind.Double, "0 to 2.", template => template.Temperature),
        new("max_tokens", Integer, "The longest answer, in tokens.", template => template.MaxTokens),
        new("output_schema", JsonText, "A JSON Schema that answers follow, as it was written.", template => template.OutputSchema, Nullable: true),
        new("examples", ColumnKind.Json, "Worked examples: [{input, output}].", template => DomainJson.Write(template.Examples)),
    ]);

    public static PromptTemplate Read(SqlRow row) => Restore(row.Text("id"), row.Integer("version"), new TemplateDraft
    {
        Name = row.Text("name"),
        Status = row.Text("status"),
        LabelType = row.Text("label_type"),
        SystemPrompt = row.TextOrNull("system_prompt"),
        UserPromptTemplate = row.Text("user_prompt_template"),
        BaseModel = row.TextOrNull("base_model"),
        Temperature = row.DoubleOrNull("temperature"),
        MaxTokens = row.Integer("max_tokens"),
        OutputSchema = row.TextOrNull("output_schema"),
        Examples = row.Json<IReadOnlyList<TemplateExample>>("examples"),
    });

    /// <summary>The template that a kept draft describes.</summary>
    public static PromptTemplate Restore(string id, int version, TemplateDraft draft) =>
        PromptTemplate.Create(new TemplateId(id), draft, version).Legal($"template '{id}'");
}
