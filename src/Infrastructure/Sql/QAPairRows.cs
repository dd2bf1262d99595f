using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.TrainingSheets;
using static Mirion.Generation.Infrastructure.Sql.ColumnKind;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>Q&amp;A pairs as rows.</summary>
internal static class QAPairRows
{
    public static readonly TableDefinition<QAPair> Table = new("qa_pairs", "Chat examples made from items.", ["training_sheet_id", "id"],
    [
        new("id", ColumnKind.Uuid, "Follows from training_sheet_id and item_ref.", pair => pair.Id.Value),
        new("training_sheet_id", Text, "The training sheet it belongs to.", pair => pair.State.TrainingSheetId.Value),
        new("sheet_id", Text, "The sheet the item belongs to.", pair => pair.State.SheetId.Value),
        new("item_ref", Text, "The item.", pair => pair.State.ItemRef.Value),
        new("sequence_number", BigInt, "The item's place in item order, from 0.", pair => pair.State.SequenceNumber),
        ColumnDefinition<QAPair>.OfJson("messages", "The chat: [{role, content}].", (pair, json) => PairJson.Write(json, pair.State.Conversation)),
        new("status", Text, "unlabeled, labeled, rejected or flagged.", pair => SnakeCase<QAPairStatus>.Of(pair.Status)),
        new("labeling_mode", Text, "ai_generated, canonical, manual or existing_column.", pair => SnakeCase<LabelingMode>.Of(pair.State.LabelingMode)),
        new("canonical_label_id", Text, "The label the answer is, or was written to.", pair => pair.State.CanonicalLabelId?.Value, Nullable: true),
        .. UsageColumns.Of<QAPair>(pair => pair.State.Usage),
        new("reviewed_by", Text, "Who decided last.", pair => pair.State.Decision?.By, Nullable: true),
        new("reviewed_at", ColumnKind.Timestamp, "When.", pair => pair.State.Decision?.At, Nullable: true),
        new("review_reason", Text, "Why.", pair => pair.State.Decision?.Reason, Nullable: true),
        ColumnDefinition<QAPair>.OfJson("original_messages", "The chat before it was first edited.", WriteOriginal, nullable: true),
        ColumnDefinition<QAPair>.OfJson("generation_metadata", "How it came to be.", (pair, json) => PairJson.Write(json, pair.State.Metadata)),
        new("created_at", ColumnKind.Timestamp, "When it was made.", pair => pair.State.CreatedAt),
        new("revision", Integer, "Decisions taken on it since it was made; null is 0.", pair => pair.Revision, Nullable: true),
        new("review_id", ColumnKind.Uuid, "The commit of the last decision, by which it knows its own.", _ => null, Nullable: true),
    ])
    {
        GrowsBy = "item_ref",
        KeptTogetherBy = ["training_sheet_id", "sequence_number"],
        // One run at a time adds a training sheet's pairs; the training sheet's status sees to it. Decisions add none, and two on one pair are in each other's way anyhow.
        IsContested = false,
    };

    /// <summary>The columns of review, which came with version 3 of the schema.</summary>
    public static IReadOnlyList<ColumnDefinition> Review { get; } = Table.Only("revision", "review_id");

    /// <summary>The columns of a <see cref="PairMark"/>.</summary>
    public static IReadOnlyList<ColumnDefinition> Mark { get; } = Table.Only("item_ref", "status", "reviewed_by");

    /// <summary>The columns by which a <see cref="PairCount"/> counts.</summary>
    public static IReadOnlyList<ColumnDefinition> Alike { get; } = Table.Only("status", "allowed_uses", "prohibited_uses");

    public static QAPair Read(SqlRow row) => QAPair.Restore(new QAPairState
    {
        TrainingSheetId = new TrainingSheetId(row.Text("training_sheet_id")),
        SheetId = new SheetId(row.Text("sheet_id")),
        ItemRef = new ItemRef(row.Text("item_ref")),
        SequenceNumber = row.Number("sequence_number"),
        Conversation = Conversation.From(row.Json<IReadOnlyList<ChatMessage>>("messages")),
        Status = row.Word<QAPairStatus>("status"),
        LabelingMode = row.Word<LabelingMode>("labeling_mode"),
        CanonicalLabelId = row.TextOrNull("canonical_label_id") is { } label ? new CanonicalLabelId(label) : null,
        Usage = UsageColumns.Read(row),
        Decision = row.TextOrNull("reviewed_by") is { } by ? new PairDecision(by, row.Timestamp("reviewed_at"), row.TextOrNull("review_reason")) : null,
        Original = row.JsonOrNull<IReadOnlyList<ChatMessage>>("original_messages") is { } original ? Conversation.From(original) : null,
        Metadata = row.Json<GenerationMetadata>("generation_metadata"),
        CreatedAt = row.Timestamp("created_at"),
        Revision = row.IntegerOrNull("revision") ?? 0,
    });

    // A flagged pair that nobody decided on names a generation error; no legal pair is otherwise.
    public static PairMark ReadMark(SqlRow row)
    {
        var status = row.Word<QAPairStatus>("status");
        return new PairMark(new ItemRef(row.Text("item_ref")), status, status is QAPairStatus.Flagged && row.TextOrNull("reviewed_by") is null);
    }

    /// <summary>Counts the pairs of a training sheet by status.</summary>
    public static SqlStatement CountByStatus(TrainingSheetId id) => SqlStatement.Of(
        $"SELECT {Table["status"]}, count(*) AS pairs FROM {Table} WHERE {Table["training_sheet_id"]} = {id.Value} GROUP BY {Table["status"]}");

    /// <summary>One count of <see cref="CountByStatus"/>.</summary>
    public static (QAPairStatus Status, long Pairs) ReadStatusCount(SqlRow row) => (row.Word<QAPairStatus>("status"), row.Number("pairs"));

    /// <summary>All counts of <see cref="CountByStatus"/>.</summary>
    public static PairTally ReadTally(IEnumerable<(QAPairStatus Status, long Pairs)> counts)
    {
        var pairs = counts.ToDictionary(count => count.Status, count => count.Pairs);
        return new PairTally(
            pairs.GetValueOrDefault(QAPairStatus.Labeled),
            pairs.GetValueOrDefault(QAPairStatus.Unlabeled),
            pairs.GetValueOrDefault(QAPairStatus.Rejected),
            pairs.GetValueOrDefault(QAPairStatus.Flagged));
    }

    private static void WriteOriginal(QAPair pair, CompactJsonWriter json)
    {
        if (pair.State.Original is { } original) PairJson.Write(json, original);
    }
}
