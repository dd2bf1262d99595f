using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>The statements about canonical labels.</summary>
internal static class CanonicalLabelStatements
{
    private static readonly TableDefinition<CanonicalLabel> Table = CanonicalLabelRows.Table;
    private static readonly TableDefinition<CanonicalLabel> Versions = CanonicalLabelRows.Versions;
    private static readonly IReadOnlyList<ColumnDefinition> Unnumbered = Table.Except("version");

    /// <summary>The columns that say what a label is, beside its key.</summary>
    public static IReadOnlyList<ColumnDefinition> Described { get; } = Table.Except("id", "sheet_id", "item_ref", "label_type", "version");

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

    /// <summary>One label as a relation of the shape of the table.</summary>
    public static SqlStatement Row(CanonicalLabel label) =>
        SqlStatement.Of($"(SELECT {SqlStatement.List(Table.Columns.Select(column => SqlStatement.Of($"{column.Of(label)} AS {column}")))})");

    /// <summary>The labels there are that have the keys of a relation's rows.</summary>
    public static SqlStatement Present(SqlStatement rows) =>
        SqlStatement.Of($"(SELECT {Of("c", Table.Columns)} FROM {Table} AS c JOIN {rows} AS r ON c.{Table["sheet_id"]} = r.{Table["sheet_id"]} AND c.{Table["id"]} = r.{Table["id"]})");

    /// <summary>The label of an id, where there is one.</summary>
    public static SqlStatement Present(CanonicalLabelId id) => SqlStatement.Of($"(SELECT {Table.Columns} FROM {Table} WHERE {IdIs(id)})");

    /// <summary>Keeps versions, each once.</summary>
    public static SqlStatement Keep(SqlStatement labels) => SqlStatement.Of($"""
        MERGE INTO {Versions} AS t USING {labels} AS s ON {Versions.SameKey()}
        WHEN NOT MATCHED THEN INSERT ({Versions.Columns}) VALUES ({TableSql.From(Versions.Columns)})
        """);

    /// <summary>Makes labels, or the next versions of those there are, provided that the versions there are were kept; passes over those of which it is not so.</summary>
    /// <param name="rows">The labels.</param>
    /// <param name="changed">The columns that a next version takes from them.</param>
    public static SqlStatement Upsert(SqlStatement rows, IReadOnlyList<ColumnDefinition> changed)
    {
        var (sheet, id, version) = (Table["sheet_id"], Table["id"], Table["version"]);
        var kept = SqlStatement.Of($"(SELECT {sheet}, {id}, max({version}) AS kept FROM {Versions} GROUP BY {sheet}, {id})");
        var source = SqlStatement.Of($"(SELECT {Of("r", Unnumbered)}, v.kept FROM {rows} AS r LEFT JOIN {kept} AS v ON v.{sheet} = r.{sheet} AND v.{id} = r.{id})");
        return SqlStatement.Of($"""
            MERGE INTO {Table} AS t USING {source} AS s ON {Table.SameKey()}
            WHEN MATCHED AND t.{version} = s.kept THEN UPDATE SET {SqlStatement.List(changed.Select(column => SqlStatement.Of($"{column} = s.{column}")))}, {version} = s.kept + 1
            WHEN NOT MATCHED THEN INSERT ({Unnumbered}, {version}) VALUES ({TableSql.From(Unnumbered)}, coalesce(s.kept, 0) + 1)
            """);
    }

    /// <summary>Those of a relation's rows that are not stored, neither as the present version of their label nor as an earlier one.</summary>
    public static SqlStatement NotStored(SqlStatement rows) => SqlStatement.Of(
        $"(SELECT {Of("r", Unnumbered)} FROM {rows} AS r WHERE NOT EXISTS (SELECT 1 FROM {Table} AS c WHERE {Same()}) AND NOT EXISTS (SELECT 1 FROM {Versions} AS c WHERE {Same()}))");

    /// <summary>Deletes a label of which the version there is was kept.</summary>
    public static SqlStatement DeleteKept(CanonicalLabelId id) => Table.Delete(SqlStatement.All(
        IdIs(id), SqlStatement.Of($"{Table["version"]} IN (SELECT {Versions["version"]} FROM {Versions} WHERE {Versions["id"]} = {id.Value})")));

    /// <summary>Every version of a label, newest first; one that is there twice is kept and present.</summary>
    public static SqlStatement ListVersions(CanonicalLabelId id) => SqlStatement.Of($"""
        SELECT {new SqlSelection(Table.Columns)} FROM (
        SELECT {Table.Columns} FROM {Table} WHERE {IdIs(id)}
        UNION ALL
        SELECT {Of("v", Table.Columns)} FROM {Versions} AS v WHERE v.{Table["id"]} = {id.Value} AND NOT EXISTS (SELECT 1 FROM {Table} AS c WHERE c.{Table["id"]} = v.{Table["id"]} AND c.{Table["version"]} = v.{Table["version"]})
        ) AS versions ORDER BY {Table["version"]} DESC
        """);

    /// <summary>Counts the staged labels, and those of them that are there already.</summary>
    public static SqlStatement Count(SqlStaged staged) => SqlStatement.Of(
        $"SELECT count(*) AS staged, count(t.{Table["id"]}) AS found FROM {staged} AS s LEFT JOIN {Table} AS t ON {Table.SameKey()}");

    private static SqlStatement Of(string alias, IEnumerable<ColumnDefinition> columns) => SqlStatement.List(columns.Select(column => alias switch
    {
        "c" => SqlStatement.Of($"c.{column}"),
        "r" => SqlStatement.Of($"r.{column}"),
        _ => SqlStatement.Of($"v.{column}"),
    }));

    // The same answer by the same expert at the same moment is the same label.
    private static SqlStatement Same() => SqlStatement.All(
        Table.Only("sheet_id", "id", "label_data", "labeled_by", "labeled_at").Select(column => SqlStatement.Of($"c.{column} = r.{column}")));
}
