using Microsoft.Extensions.Options;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Sql;

/// <summary>
/// The SQL of Databricks warehouses (docs.databricks.com/sql/language-manual). Tables are named in full, as there is no session to set a schema in; everything a
/// SELECT gives is text, number or moment as <see cref="WarehouseRow"/> reads it.
/// </summary>
internal sealed class DatabricksDialect(IOptions<DatabricksOptions> options) : ISqlDialect
{
    private const string TextList = "ARRAY<STRING>";

    public string Quote(string identifier) => $"`{identifier.Replace("`", "``", StringComparison.Ordinal)}`";

    // A backslash escapes within quotes, unless a setting of old says otherwise; so does the quote itself, by another. "${" would be taken for a variable.
    public string Literal(string text) => text.Any(char.IsControl) || text.Contains("${", StringComparison.Ordinal)
        ? throw new ArgumentException("A text with control characters or '${' cannot stand in a statement; it must be a parameter.", nameof(text))
        : $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";

    public string Table(TableDefinition table) => string.Join('.', new[] { options.Value.Catalog!, options.Value.Schema!, table.Name }.Select(Quote));

    public string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Text or ColumnKind.Uuid or ColumnKind.JsonText => "STRING",
        ColumnKind.Integer => "INT",
        ColumnKind.BigInt => "BIGINT",
        ColumnKind.Double => "DOUBLE",
        ColumnKind.Boolean => "BOOLEAN",
        ColumnKind.Timestamp => "TIMESTAMP",
        ColumnKind.Json => "VARIANT",
        ColumnKind.TextList => TextList,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    // A parameter has its type beside it; the API knows none for variants and arrays.
    public string Parameter(string name, ColumnKind kind) => kind switch
    {
        ColumnKind.Json => $"parse_json(:{name})",
        ColumnKind.TextList => $"from_json(:{name}, {Literal(TextList)})",
        _ => $":{name}",
    };

    public string Unnest(string list) => $"SELECT explode({list})";

    public string JsonText(ColumnDefinition column, string path) => $"try_variant_get({Quote(column.Name)}, {Literal(path)}, 'STRING')";

    public string Selected(ColumnDefinition column)
    {
        var name = Quote(column.Name);
        return column.Kind switch
        {
            ColumnKind.Json or ColumnKind.TextList => $"to_json({name}) AS {name}",
            ColumnKind.Timestamp => $"unix_micros({name}) AS {name}",
            _ => name,
        };
    }

    public IEnumerable<SqlStatement> Create(TableDefinition table)
    {
        var columns = table.Columns.Select(column => column.Nullable
            ? SqlStatement.Of($"{column} {new SqlType(column.Kind)} COMMENT {new SqlComment(column.Comment)}")
            : SqlStatement.Of($"{column} {new SqlType(column.Kind)} NOT NULL COMMENT {new SqlComment(column.Comment)}"));
        var create = SqlStatement.Of($"CREATE TABLE IF NOT EXISTS {table} ({SqlStatement.List(columns)}) USING DELTA COMMENT {new SqlComment(table.Comment)}");
        if (table.ClusterBy.Count > 0) create = SqlStatement.Of($"{create} CLUSTER BY ({table.ClusterBy})");
        if (table.IsContested) create = SqlStatement.Of($"{create} TBLPROPERTIES ('delta.isolationLevel' = 'Serializable')");
        yield return create;
    }

    // One statement, so that they are all there or none is.
    public IEnumerable<SqlStatement> Add(TableDefinition table, IReadOnlyList<ColumnDefinition> columns)
    {
        var added = columns.Select(column => SqlStatement.Of($"{column} {new SqlType(column.Kind)} COMMENT {new SqlComment(column.Comment)}"));
        yield return SqlStatement.Of($"ALTER TABLE {table} ADD COLUMNS ({SqlStatement.List(added)})");
    }

    /// <summary>A relation with the rows of <paramref name="table"/> that lie in a file, or in the files of a directory, as <see cref="StagedRows"/> writes them.</summary>
    public string Staged(TableDefinition table, VolumePath files)
    {
        var schema = string.Join(", ", table.Columns.Select(column => $"{Quote(column.Name)} {StagedTypeOf(column.Kind)}"));
        return $"(SELECT {string.Join(", ", table.Columns.Select(Unstaged))} FROM read_files({Literal(files.ToString())}, format => 'json', schema => {Literal(schema)}, mode => 'FAILFAST'))";
    }

    /// <summary>A relation of the shape of <paramref name="table"/> without a row.</summary>
    public string Empty(TableDefinition table) =>
        $"(SELECT {string.Join(", ", table.Columns.Select(column => $"CAST(NULL AS {TypeOf(column.Kind)}) AS {Quote(column.Name)}"))} WHERE FALSE)";

    // Moments and JSON lie in the file as text, so that no reader's setting has a say in what they become.
    private string StagedTypeOf(ColumnKind kind) => kind is ColumnKind.Json or ColumnKind.Timestamp ? "STRING" : TypeOf(kind);

    private string Unstaged(ColumnDefinition column)
    {
        var name = Quote(column.Name);
        return column.Kind switch
        {
            ColumnKind.Json => $"parse_json({name}) AS {name}",
            ColumnKind.Timestamp => $"CAST({name} AS TIMESTAMP) AS {name}",
            _ => name,
        };
    }
}
