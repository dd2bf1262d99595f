using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>The statements about decisions on pairs.</summary>
internal static class ReviewStatements
{
    private static readonly TableDefinition<QAPair> Pairs = QAPairRows.Table;
    private static readonly TableDefinition<CanonicalLabel> Labels = CanonicalLabelRows.Table;
    private static readonly TableDefinition<TrainingSheetState> Sheets = TrainingSheetRows.Table;
    private static readonly TableDefinition<ReviewRow> Rows = ReviewRows.Table;

    /// <summary>The columns of a label that a decision says something new about; its notes and its constraints stay.</summary>
    public static IReadOnlyList<ColumnDefinition> Relabelled { get; } = Labels.Only("label_data", "confidence", "labeled_by", "labeled_at");

    /// <summary>Stores the pairs of decisions that are still as they were read, while their training sheet is open.</summary>
    public static SqlStatement Claim(TrainingSheetId id, SqlStatement rows)
    {
        var open = SqlStatement.Of($"EXISTS (SELECT 1 FROM {Sheets} AS o WHERE o.{Sheets["id"]} = {id.Value} AND o.{Sheets["status"]} IN ({Word(TrainingSheetStatus.Review)}, {Word(TrainingSheetStatus.Approved)}))");
        var source = SqlStatement.Of($"(SELECT {Of(Rows.Columns)} FROM {rows} AS r WHERE {open})");
        return Write(id, source, SqlStatement.Of(
            $"coalesce(t.{Pairs["revision"]}, 0) = s.{Rows["revision"]} - 1 AND t.{Pairs["created_at"]} = s.{Rows["created_at"]}"));
    }

    /// <summary>Puts a pair back that a commit has stored.</summary>
    public static SqlStatement TakeBack(TrainingSheetId id, ReviewRow row) =>
        Write(id, ReviewRows.Row(row), SqlStatement.Of($"t.{Pairs["review_id"]} = s.{Rows["review_id"]}"));

    /// <summary>The pairs that a commit has stored.</summary>
    public static SqlStatement Claimed(TrainingSheetId id, Guid reviewId) => SqlStatement.Of(
        $"SELECT CAST({Pairs["id"]} AS {new SqlType(ColumnKind.Text)}) AS pair FROM {Pairs} WHERE {Pairs["training_sheet_id"]} = {id.Value} AND {Pairs["review_id"]} = {reviewId}");

    /// <summary>
    /// The labels that decisions make, as a relation of the shape of the labels' table: of pairs that still are as the decision made them, and whose label does not say so already.
    /// </summary>
    /// <param name="rows">The decisions.</param>
    /// <param name="finishing">Whether they were stored by an earlier commit.</param>
    public static SqlStatement LabelsOf(SqlStatement rows, bool finishing)
    {
        var own = finishing ? Pairs["revision"] : Pairs["review_id"];
        var still = SqlStatement.Of(
            $"EXISTS (SELECT 1 FROM {Pairs} AS p WHERE p.{Pairs["training_sheet_id"]} = r.{Rows["training_sheet_id"]} AND p.{Pairs["id"]} = r.{Rows["id"]} AND p.{own} = r.{own})");
        var says = SqlStatement.Of(
            $"EXISTS (SELECT 1 FROM {Labels} AS c WHERE c.{Labels["sheet_id"]} = r.{Rows["sheet_id"]} AND c.{Labels["id"]} = r.{Rows["canonical_label_id"]} AND c.{Labels["label_data"]} = r.{Rows["label_data"]})");
        return SqlStatement.Of($"(SELECT {SqlStatement.List(Labels.Except("version").Select(LabelColumn))} FROM {rows} AS r WHERE r.{Rows["label_data"]} IS NOT NULL AND {still} AND NOT {says})");
    }

    /// <summary>Stores counts and status, provided that they are still those that were read.</summary>
    public static SqlStatement Settle(TrainingSheet settled, TrainingSheet read)
    {
        var unchanged = Sheets.Only("status", "labeled_pairs", "unlabeled_pairs", "rejected_pairs", "flagged_pairs").Select(column => SqlStatement.Of($"{column} = {column.Of(read.State)}"));
        var condition = SqlStatement.All([SqlStatement.Of($"{Sheets["id"]} = {read.Id.Value}"), .. unchanged]);
        return Sheets.Update(settled.State, Sheets.Only("status", "total_pairs", "labeled_pairs", "unlabeled_pairs", "rejected_pairs", "flagged_pairs"), condition);
    }

    private static SqlStatement Write(TrainingSheetId id, SqlStatement source, SqlStatement condition) => SqlStatement.Of($"""
        MERGE INTO {Pairs} AS t USING {source} AS s ON t.{Pairs["training_sheet_id"]} = {id.Value} AND {Pairs.SameKey()}
        WHEN MATCHED AND {condition} THEN UPDATE SET {SqlStatement.List(ReviewRows.Decided.Select(column => SqlStatement.Of($"{column} = s.{column}")))}
        """);

    private static SqlStatement LabelColumn(ColumnDefinition column) => column.Name switch
    {
        "id" => SqlStatement.Of($"r.{Rows["canonical_label_id"]} AS {column}"),
        "labeled_by" => SqlStatement.Of($"r.{Rows["reviewed_by"]} AS {column}"),
        "labeled_at" => SqlStatement.Of($"r.{Rows["reviewed_at"]} AS {column}"),
        "confidence" => SqlStatement.Of($"{SnakeCase<Confidence>.Of(Confidence.High)} AS {column}"),
        "notes" => SqlStatement.Of($"CAST(NULL AS {new SqlType(column.Kind)}) AS {column}"),
        _ => SqlStatement.Of($"r.{Rows[column.Name]}"),
    };

    private static SqlStatement Of(IEnumerable<ColumnDefinition> columns) => SqlStatement.List(columns.Select(column => SqlStatement.Of($"r.{column}")));

    private static SqlStatement Word(TrainingSheetStatus status) => SqlStatement.Of($"{SnakeCase<TrainingSheetStatus>.Of(status)}");
}
