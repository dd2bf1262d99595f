using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using static Mirion.Generation.Infrastructure.Sql.ColumnKind;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>A decision on its way into the tables.</summary>
/// <param name="Pair">The pair as it shall be.</param>
/// <param name="ReviewId">The commit that stores it.</param>
/// <param name="LabelType">The type of its label.</param>
/// <param name="Label">The answer for its label; null where the label is not concerned.</param>
internal sealed record ReviewRow(QAPair Pair, Guid ReviewId, LabelType LabelType, LabelData? Label)
{
    // What a statement can carry as values; more goes the way of many rows.
    private const int MostCharacters = 60_000;

    /// <summary>Whether a statement can carry the row as values.</summary>
    public bool IsSmall => SizeOf(Pair.State.Conversation) + SizeOf(Pair.State.Original) + (Label?.Json.Length ?? 0) < MostCharacters;

    private static int SizeOf(Conversation? chat) => chat is null ? 0 : (chat.System?.Length ?? 0) + chat.User.Text.Length + chat.User.ImageUrls.Sum(url => url.Length) + (chat.Assistant?.Length ?? 0);
}

/// <summary>Decisions as rows: never a table of the store, but a relation that pairs and labels are written from.</summary>
internal static class ReviewRows
{
    private static readonly IReadOnlyList<ColumnDefinition<QAPair>> OfPair = QAPairRows.Table.Only(
        "id", "training_sheet_id", "sheet_id", "item_ref", "messages", "status", "canonical_label_id", "allowed_uses", "prohibited_uses", "usage_reason", "data_classification", "reviewed_by",
        "reviewed_at", "review_reason", "original_messages", "created_at", "revision");

    public static readonly TableDefinition<ReviewRow> Table = new("reviews", "Decisions on their way.", ["training_sheet_id", "id"],
    [
        .. OfPair.Select(column => new ColumnDefinition<ReviewRow>(column.Name, column.Kind, column.Comment, row => column.Value(row.Pair), column.Nullable)),
        new("review_id", ColumnKind.Uuid, "The commit.", row => row.ReviewId),
        new("label_type", Text, "The type of the label.", row => row.LabelType.Value),
        new("label_data", JsonText, "The answer for the label.", row => row.Label?.Json, Nullable: true),
    ]);

    /// <summary>The columns of a pair that a decision sets.</summary>
    public static IReadOnlyList<ColumnDefinition> Decided { get; } = Table.Only(
        "messages", "status", "canonical_label_id", "reviewed_by", "reviewed_at", "review_reason", "original_messages", "revision", "review_id");

    /// <summary>One decision as a relation.</summary>
    public static SqlStatement Row(ReviewRow row) => SqlStatement.Of($"(SELECT {SqlStatement.List(Table.Columns.Select(column => SqlStatement.Of($"{column.Of(row)} AS {column}")))})");

    /// <summary>The row of a decision.</summary>
    public static ReviewRow Of(PairReview review, Guid reviewId, LabelType labelType) => new(review.After, reviewId, labelType, review.Label);
}
