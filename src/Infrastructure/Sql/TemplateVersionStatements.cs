using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>The statements about versions of prompt templates.</summary>
internal static class TemplateVersionStatements
{
    private static readonly TableDefinition<TemplateVersion> Table = TemplateVersionRows.Table;
    private static readonly TableDefinition<PromptTemplate> Templates = PromptTemplateRows.Table;

    /// <summary>Keeps what is published among the templates that meet <paramref name="condition"/>; what is kept already stays as it is.</summary>
    public static SqlStatement Keep(TableDefinition<TemplateVersion> table, SqlStatement condition, Publication? publication = null)
    {
        var shared = Shared(table);
        var published = SqlStatement.Of($"{Templates["status"]} = {SnakeCase<TemplateStatus>.Of(TemplateStatus.Published)}");
        var (by, at) = (table["published_by"], table["published_at"]);
        return SqlStatement.Of($"""
            MERGE INTO {table} AS t USING (
            SELECT {shared}, {new SqlValue(by.Kind, publication?.By)} AS {by}, {new SqlValue(at.Kind, publication?.At)} AS {at} FROM {Templates} WHERE {condition} AND {published}) AS s ON {table.SameKey()}
            WHEN NOT MATCHED THEN INSERT ({table.Columns}) VALUES ({TableSql.From(table.Columns)})
            """);
    }

    /// <summary>One version of a template that is kept.</summary>
    public static SqlStatement Find(TemplateId id, int version) => Table.Select(SqlStatement.All(IdIs(id), SqlStatement.Of($"{Table["version"]} = {version}")));

    /// <summary>The versions of a template that are kept, newest first.</summary>
    public static SqlStatement List(TemplateId id, int limit, int? before)
    {
        var condition = SqlStatement.All(IdIs(id), before is { } version ? SqlStatement.Of($"{Table["version"]} < {version}") : null);
        return SqlStatement.Of($"{Table.Select(condition)} ORDER BY {Table["version"]} DESC LIMIT {limit}");
    }

    /// <summary>The versions of a template.</summary>
    public static SqlStatement IdIs(TemplateId id) => SqlStatement.Of($"{Table["id"]} = {id.Value}");

    private static IReadOnlyList<ColumnDefinition> Shared(TableDefinition<TemplateVersion> table) => table.Except("published_by", "published_at");
}
