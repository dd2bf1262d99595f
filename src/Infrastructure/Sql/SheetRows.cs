using Mirion.Generation.Domain.Sheets;
using static Mirion.Generation.Infrastructure.Sql.ColumnKind;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>Sheets as rows.</summary>
internal static class SheetRows
{
    public static readonly TableDefinition<SheetDraft> Table = new("sheets", "Pointers to source data.", ["id"],
    [
        new("id", Text, "Names the sheet.", sheet => sheet.Id),
        new("name", Text, "What people call it.", sheet => sheet.Name),
        new("description", Text, "What it holds.", sheet => sheet.Description, Nullable: true),
        new("source_type", Text, "uc_table or uc_volume.", sheet => sheet.SourceType),
        new("source_table", Text, "catalog.schema.table, for a table.", sheet => sheet.SourceTable, Nullable: true),
        new("source_volume", Text, "/Volumes/catalog/schema/volume, for a volume.", sheet => sheet.SourceVolume, Nullable: true),
        new("source_path", Text, "A directory below the volume.", sheet => sheet.SourcePath, Nullable: true),
        new("item_id_column", Text, "The column that names a row, for a table.", sheet => sheet.ItemIdColumn, Nullable: true),
        new("text_columns", TextList, "Columns that hold the text of an item.", sheet => sheet.TextColumns),
        new("image_columns", TextList, "Columns that hold /Volumes/... paths of images.", sheet => sheet.ImageColumns),
        new("metadata_columns", TextList, "Columns that describe an item.", sheet => sheet.MetadataColumns),
        new("filter_expression", Text, "An SQL expression over the columns.", sheet => sheet.FilterExpression, Nullable: true),
        new("sampling_strategy", Text, "all, random or first.", sheet => sheet.SamplingStrategy),
        new("sample_size", Integer, "How many items random and first take.", sheet => sheet.SampleSize, Nullable: true),
        new("default_allowed_uses", TextList, "Uses allowed for pairs that inherit from no label.", sheet => sheet.DefaultAllowedUses),
        new("default_prohibited_uses", TextList, "Uses prohibited for pairs that inherit from no label.", sheet => sheet.DefaultProhibitedUses),
    ]);

    public static Sheet Read(SqlRow row) => Restore(row.Text("id"), new SheetDraft
    {
        Name = row.Text("name"),
        Description = row.TextOrNull("description"),
        SourceType = row.Text("source_type"),
        SourceTable = row.TextOrNull("source_table"),
        SourceVolume = row.TextOrNull("source_volume"),
        SourcePath = row.TextOrNull("source_path"),
        ItemIdColumn = row.TextOrNull("item_id_column"),
        TextColumns = row.Texts("text_columns"),
        ImageColumns = row.Texts("image_columns"),
        MetadataColumns = row.Texts("metadata_columns"),
        FilterExpression = row.TextOrNull("filter_expression"),
        SamplingStrategy = row.Text("sampling_strategy"),
        SampleSize = row.IntegerOrNull("sample_size"),
        DefaultAllowedUses = row.Texts("default_allowed_uses"),
        DefaultProhibitedUses = row.Texts("default_prohibited_uses"),
    });

    /// <summary>The sheet that a kept draft describes.</summary>
    public static Sheet Restore(string id, SheetDraft draft) => Sheet.Create(new SheetId(id), draft).Legal($"sheet '{id}'");
}
