using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Local;

/// <summary>DuckDB's SQL.</summary>
internal sealed class DuckDbDialect : ISqlDialect
{
    private DuckDbDialect()
    {
    }

    /// <summary>The only one.</summary>
    public static DuckDbDialect Instance { get; } = new();

    public string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    public string Table(TableDefinition table) => Quote(table.Name);

    public string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Text => "VARCHAR",
        ColumnKind.Uuid => "UUID",
        ColumnKind.Integer => "INTEGER",
        ColumnKind.BigInt => "BIGINT",
        ColumnKind.Double => "DOUBLE",
        ColumnKind.Boolean => "BOOLEAN",
        ColumnKind.Timestamp => "TIMESTAMPTZ",
        ColumnKind.Json or ColumnKind.JsonText => "JSON",
        ColumnKind.TextList => "VARCHAR[]",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    // Text travels as UTF-8: DuckDB.NET hands strings over up to their first NUL, and loses the rest.
    public string Parameter(string name, ColumnKind kind) => kind switch
    {
        ColumnKind.Text => $"decode(CAST(${name} AS BLOB))",
        ColumnKind.Json or ColumnKind.JsonText => $"CAST(decode(CAST(${name} AS BLOB)) AS JSON)",
        ColumnKind.TextList => $"from_json(decode(CAST(${name} AS BLOB)), '[\"VARCHAR\"]')",
        _ => $"CAST(${name} AS {TypeOf(kind)})",
    };

    public string Unnest(string list) => $"SELECT unnest({list})";

    public string JsonText(ColumnDefinition column, string path) => $"json_extract_string({Quote(column.Name)}, {Literal(path)})";

    public string Selected(ColumnDefinition column) => Quote(column.Name);

    public IEnumerable<SqlStatement> Create(TableDefinition table)
    {
        var columns = table.Columns.Select(column => column.Nullable
            ? SqlStatement.Of($"{column} {new SqlType(column.Kind)}")
            : SqlStatement.Of($"{column} {new SqlType(column.Kind)} NOT NULL"));
        yield return SqlStatement.Of($"CREATE TABLE IF NOT EXISTS {table} ({SqlStatement.List(columns)})");
        yield return SqlStatement.Of($"COMMENT ON TABLE {table} IS {new SqlComment(table.Comment)}");
        foreach (var column in table.Columns) yield return Comment(table, column);
    }

    public IEnumerable<SqlStatement> Add(TableDefinition table, IReadOnlyList<ColumnDefinition> columns) => columns.SelectMany(column => new[]
    {
        SqlStatement.Of($"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {column} {new SqlType(column.Kind)}"),
        Comment(table, column),
    });

    private static SqlStatement Comment(TableDefinition table, ColumnDefinition column) =>
        SqlStatement.Of($"COMMENT ON COLUMN {table}.{column} IS {new SqlComment(column.Comment)}");
}
