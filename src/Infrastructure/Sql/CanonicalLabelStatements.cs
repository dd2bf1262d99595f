using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>The statements about canonical labels.</summary>
internal static class CanonicalLabelStatements
{
    private static readonly TableDefinition<CanonicalLabel> Table = CanonicalLabelRows.Table;
    private static readonly IReadOnlyList<ColumnDefinition> Described = Table.Except("id", "sheet_id", "item_ref", "label_type", "version");

    /// <summary>Sheet, item and label type, by which lists are sorted.</summary>
    public static IReadOnlyList<ColumnDefinition> SortKey { get; } = Table.Only("sheet_id", "item_ref", "label_type");

    /// <summary>The label of an id.</summary>
    public static SqlStatement IdIs(CanonicalLabelId id) => SqlStatement.Of($"{Table["id"]} = {id.Value}");

    /// <summary>What <paramref name="filter"/> asks for.</summary>
    public static SqlStatement Meets(LabelFilter filter, SqlStatement? and = null) => SqlStatement.All(
        SqlStatement.Of($"TRUE"),
        filter.SheetId is null ? null : SqlStatement.Of($"{Table["sheet_id"]} = {filter.SheetId.Value}"),
        filter.LabelType is null ? null : SqlStatement.Of($"{Table["label_type"]} = {filter.LabelType.Value}"),
        filter.ItemRef is null ? null : SqlStatement.Of($"{Table["item_ref"]} = {filter.ItemRef.Value}"),
        and);

    /// <summary>Makes one label, or the next version of the one there is.</summary>
    public static SqlStatement Upsert(CanonicalLabel label) =>
        Upsert(SqlStatement.Of($"(SELECT {SqlStatement.List(Table.Columns.Select(column => SqlStatement.Of($"{column.Of(label)} AS {column}")))})"));

    /// <summary>Makes labels, or the next versions of those there are.</summary>
    public static SqlStatement Upsert(SqlStaged staged) => Upsert(SqlStatement.Of($"{staged}"));

    /// <summary>Counts the staged labels, and those of them that are there already.</summary>
    public static SqlStatement Count(SqlStaged staged) => SqlStatement.Of(
        $"SELECT count(*) AS staged, count(t.{Table["id"]}) AS found FROM {staged} AS s LEFT JOIN {Table} AS t ON {Table.SameKey()}");

    private static SqlStatement Upsert(SqlStatement source) => SqlStatement.Of($"""
        MERGE INTO {Table} AS t USING {source} AS s ON {Table.SameKey()}
        WHEN MATCHED THEN UPDATE SET {SqlStatement.List(Described.Select(column => SqlStatement.Of($"{column} = s.{column}")))}, {Table["version"]} = t.{Table["version"]} + 1
        WHEN NOT MATCHED THEN INSERT ({Table.Columns}) VALUES ({TableSql.From(Table.Except("version"))}, 1)
        """);
}
