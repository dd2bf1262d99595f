using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>The statements that compare the pairs of two training sheets: <c>h</c> here, <c>t</c> there, joined by item.</summary>
internal static class PairComparisonStatements
{
    private static readonly TableDefinition<QAPair> Table = QAPairRows.Table;
    private static readonly ColumnDefinition Item = Table["item_ref"];
    private static readonly ColumnDefinition Status = Table["status"];
    private static readonly ColumnDefinition Label = Table["canonical_label_id"];

    // An answer is the third turn, or the second where there is no system turn: [system?, user, assistant?].
    private static readonly SqlStatement Answer = SqlStatement.Of(
        $"coalesce({Turn("$[2].content")}, CASE WHEN {Turn("$[1].role")} = {"assistant"} THEN {Turn("$[1].content")} END)");

    private static readonly SqlStatement OnlyHere = SqlStatement.Of($"t.{Item} IS NULL");
    private static readonly SqlStatement OnlyThere = SqlStatement.Of($"h.{Item} IS NULL");
    private static readonly SqlStatement InBoth = SqlStatement.Of($"h.{Item} = t.{Item}");
    private static readonly SqlStatement AnswerChanged = SqlStatement.Of($"h.answer IS DISTINCT FROM t.answer");
    private static readonly SqlStatement StatusChanged = SqlStatement.Of($"h.{Status} <> t.{Status}");
    private static readonly SqlStatement LabelChanged = SqlStatement.Of($"h.{Label} IS DISTINCT FROM t.{Label}");
    private static readonly SqlStatement Differs = SqlStatement.Of($"({OnlyHere} OR {OnlyThere} OR {AnswerChanged} OR {StatusChanged} OR {LabelChanged})");

    /// <summary>Counts all items.</summary>
    public static SqlStatement Count(TrainingSheetId here, TrainingSheetId there) => SqlStatement.Of($"""
        SELECT count(*) AS items, {CountOf(OnlyHere)} AS only_here, {CountOf(OnlyThere)} AS only_there, {CountOf(SqlStatement.All(InBoth, AnswerChanged))} AS answer_changed,
        {CountOf(SqlStatement.All(InBoth, StatusChanged))} AS status_changed, {CountOf(SqlStatement.All(InBoth, LabelChanged))} AS label_changed, {CountOf(Differs)} AS different
        FROM {Joined(here, there, after: null)}
        """);

    /// <summary>The items that differ, in order.</summary>
    public static SqlStatement Differences(TrainingSheetId here, TrainingSheetId there, PageRequest page) => SqlStatement.Of($"""
        SELECT coalesce(h.{Item}, t.{Item}) AS item, {Side("h")}, {Side("t")}
        FROM {Joined(here, there, page.After?[0])}
        WHERE {Differs} ORDER BY item LIMIT {page.Limit + 1}
        """);

    public static ComparisonCount ReadCount(SqlRow row)
    {
        var items = row.Number("items");
        return new ComparisonCount(
            items,
            items - row.Number("different"),
            row.Number("only_here"),
            row.Number("only_there"),
            row.Number("answer_changed"),
            row.Number("status_changed"),
            row.Number("label_changed"));
    }

    public static PairDifference ReadDifference(SqlRow row, TrainingSheetId here, TrainingSheetId there)
    {
        var item = new ItemRef(row.Text("item"));
        return new PairDifference(item, ReadSide(row, "h", here, item), ReadSide(row, "t", there, item));
    }

    // A pair's id follows from its training sheet and item.
    private static ComparedPair? ReadSide(SqlRow row, string side, TrainingSheetId id, ItemRef item) => row.NumberOrNull($"{side}_sequence_number") is { } number
        ? new ComparedPair(
            QAPairId.For(id, item),
            number,
            row.Word<QAPairStatus>($"{side}_status"),
            row.TextOrNull($"{side}_answer"),
            row.TextOrNull($"{side}_label") is { } label ? new CanonicalLabelId(label) : null)
        : null;

    private static SqlStatement Side(string side) => side is "h"
        ? SqlStatement.Of($"h.{Table["sequence_number"]} AS h_sequence_number, h.{Status} AS h_status, h.answer AS h_answer, h.{Label} AS h_label")
        : SqlStatement.Of($"t.{Table["sequence_number"]} AS t_sequence_number, t.{Status} AS t_status, t.answer AS t_answer, t.{Label} AS t_label");

    private static SqlStatement Joined(TrainingSheetId here, TrainingSheetId there, string? after) =>
        SqlStatement.Of($"{Pairs(here, after)} AS h FULL OUTER JOIN {Pairs(there, after)} AS t ON {InBoth}");

    private static SqlStatement Pairs(TrainingSheetId id, string? after)
    {
        var wanted = SqlStatement.All(
            SqlStatement.Of($"{Table["training_sheet_id"]} = {id.Value}"),
            after is null ? null : SqlStatement.Of($"{Item} > {after}"));
        return SqlStatement.Of($"(SELECT {Item}, {Table["sequence_number"]}, {Status}, {Label}, {Answer} AS answer FROM {Table} WHERE {wanted})");
    }

    private static SqlStatement CountOf(SqlStatement condition) => SqlStatement.Of($"count(CASE WHEN {condition} THEN 1 END)");

    private static SqlJsonText Turn(string path) => new(Table["messages"], path);
}
