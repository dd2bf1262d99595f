using Mirion.Generation.Domain.Templates;
using static Mirion.Generation.Infrastructure.Sql.ColumnKind;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>Published versions of prompt templates as rows: the columns of a template, and who published it when. A row is never altered.</summary>
internal static class TemplateVersionRows
{
    private static readonly TableDefinition<PromptTemplate> Templates = PromptTemplateRows.Table;

    public static readonly TableDefinition<TemplateVersion> Table = Define([.. Templates.Columns.Select(column => column.Name)]);

    /// <summary>
    /// The table as version 4 of the schema brought it, which copies what was published before. It names its columns, for a later step that adds one to templates adds it here as well.
    /// </summary>
    public static readonly TableDefinition<TemplateVersion> First = Define(
        ["id", "name", "version", "status", "label_type", "system_prompt", "user_prompt_template", "base_model", "temperature", "max_tokens", "output_schema", "examples"]);

    public static TemplateVersion Read(SqlRow row) => new(
        PromptTemplateRows.Read(row),
        row.TextOrNull("published_by") is { } by ? new Publication(by, row.Timestamp("published_at")) : null);

    private static TableDefinition<TemplateVersion> Define(IReadOnlyList<string> columns) => new("template_versions", "Published versions of prompt templates, as they will always be.", ["id", "version"],
    [
        .. Templates.Only(columns).Select(column => new ColumnDefinition<TemplateVersion>(column.Name, column.Kind, column.Comment, row => column.Value(row.Template), column.Nullable)),
        new("published_by", Text, "Who published it, where that was recorded.", row => row.Published?.By, Nullable: true),
        new("published_at", ColumnKind.Timestamp, "When.", row => row.Published?.At, Nullable: true),
    ]);
}
