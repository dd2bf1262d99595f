using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>The statement that counts the labels of a sheet and the pairs that reuse them.</summary>
internal static class LabelUseStatements
{
    private static readonly TableDefinition<CanonicalLabel> Labels = CanonicalLabelRows.Table;
    private static readonly TableDefinition<QAPair> Pairs = QAPairRows.Table;
    private static readonly ColumnDefinition Type = Labels["label_type"];
    private static readonly ColumnDefinition LastReuse = new("last_reuse", ColumnKind.Timestamp, "When the latest pair was made.", Nullable: true);

    /// <summary>The labels of a sheet by type. Pairs are counted by label first, so that no label is counted for each of its pairs.</summary>
    public static SqlStatement SumUp(SheetId sheetId)
    {
        var mode = SqlStatement.Of($"{Pairs["labeling_mode"]} = {SnakeCase<LabelingMode>.Of(LabelingMode.Canonical)}");
        var reuses = SqlStatement.Of($"""
            SELECT {Pairs["canonical_label_id"]} AS label, count(*) AS pairs, max({Pairs["created_at"]}) AS latest FROM {Pairs}
            WHERE {Pairs["sheet_id"]} = {sheetId.Value} AND {mode} GROUP BY {Pairs["canonical_label_id"]}
            """);
        return SqlStatement.Of($"""
            SELECT {Type}, labels, reuses, {new SqlSelection([LastReuse])} FROM (
            SELECT l.{Type}, count(*) AS labels, CAST(coalesce(sum(r.pairs), 0) AS {new SqlType(ColumnKind.BigInt)}) AS reuses, max(r.latest) AS {LastReuse}
            FROM {Labels} AS l LEFT JOIN ({reuses}) AS r ON r.label = l.{Labels["id"]}
            WHERE l.{Labels["sheet_id"]} = {sheetId.Value} GROUP BY l.{Type}) AS types ORDER BY {Type}
            """);
    }

    public static LabelTypeUse Read(SqlRow row) => new(new LabelType(row.Text("label_type")), row.Number("labels"), row.Number("reuses"), row.TimestampOrNull("last_reuse"));
}
