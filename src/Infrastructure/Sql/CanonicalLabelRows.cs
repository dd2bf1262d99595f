using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Sheets;
using static Mirion.Generation.Infrastructure.Sql.ColumnKind;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>Canonical labels as rows.</summary>
internal static class CanonicalLabelRows
{
    // Unique on sheet, item and label type: the id follows from them, and nothing else gives one.
    public static readonly TableDefinition<CanonicalLabel> Table = new("canonical_labels", "Experts' ground truth, one for each sheet, item and label type.", ["sheet_id", "id"],
    [
        new("id", Text, "Follows from sheet_id, item_ref and label_type.", label => label.Id.Value),
        new("sheet_id", Text, "The sheet the item belongs to.", label => label.Key.SheetId.Value),
        new("item_ref", Text, "The item.", label => label.Key.ItemRef.Value),
        new("label_type", Text, "The task the label answers.", label => label.Key.LabelType.Value),
        new("label_data", JsonText, "The answer, as JSON.", label => label.Data.Json),
        new("confidence", Text, "high, medium or low.", label => SnakeCase<Confidence>.Of(label.Confidence)),
        new("notes", Text, "The expert's remarks.", label => label.Notes, Nullable: true),
        .. UsageColumns.Of<CanonicalLabel>(label => label.Usage),
        new("labeled_by", Text, "Who labelled.", label => label.LabeledBy),
        new("labeled_at", ColumnKind.Timestamp, "When it was labelled.", label => label.LabeledAt),
        new("version", Integer, "1 when first made; every update raises it by one.", label => label.Version),
    ])
    {
        KeptTogetherBy = ["sheet_id", "label_type", "item_ref"],
    };

    /// <summary>The versions that labels had before the present one.</summary>
    public static readonly TableDefinition<CanonicalLabel> Versions =
        new("label_versions", "Every earlier version of every canonical label, those of deleted ones included.", ["sheet_id", "id", "version"], Table.Columns)
        {
            KeptTogetherBy = ["sheet_id", "id"],
        };

    /// <summary>The columns in which labels of one type of a sheet differ.</summary>
    public static IReadOnlyList<ColumnDefinition> ForOneSheet { get; } = Table.Except("sheet_id", "label_type");

    public static CanonicalLabel Read(SqlRow row) => Read(row, new SheetId(row.Text("sheet_id")), new LabelType(row.Text("label_type")));

    /// <summary>A label of a sheet and type that are known; its id is the one it was stored under.</summary>
    public static CanonicalLabel Read(SqlRow row, SheetId sheetId, LabelType labelType) => CanonicalLabel.Restore(
        new CanonicalLabelId(row.Text("id")),
        new CanonicalLabelKey(sheetId, new ItemRef(row.Text("item_ref")), labelType),
        LabelData.Parse(row.Text("label_data")),
        row.Word<Confidence>("confidence"),
        UsageColumns.Read(row),
        row.Text("labeled_by"),
        row.Timestamp("labeled_at"),
        row.TextOrNull("notes"),
        row.Integer("version")).Legal("canonical label");
}
