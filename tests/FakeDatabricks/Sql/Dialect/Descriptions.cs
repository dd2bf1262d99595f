using Mirion.Generation.FakeDatabricks.Sql.Engine;

namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <summary>Reads the simple forms of SHOW and DESCRIBE.</summary>
internal sealed class Descriptions(TokenReader tokens, StatementScope scope)
{
    public QueryPlan Read() => tokens.Take().Is("SHOW") ? Show() : Describe();

    private QueryPlan Show()
    {
        var what = tokens.Take();
        switch (what.Text.ToUpperInvariant())
        {
            case "CATALOGS": return new QueryPlan("SELECT database_name[4:] AS catalog FROM duckdb_databases() WHERE database_name LIKE 'uc!_%' ESCAPE '!' ORDER BY 1");
            case "SCHEMAS" or "DATABASES":
                var catalog = tokens.Try("IN") || tokens.Try("FROM") ? tokens.Name() : scope.SchemaName(["x"]).Catalog;
                return new QueryPlan($"SELECT schema_name[4:] AS \"databaseName\" FROM duckdb_schemas() WHERE database_name = {Space(catalog)} AND schema_name LIKE 'uc!_%' ESCAPE '!' ORDER BY 1");
            case "TABLES":
                var (of, schema) = tokens.Try("IN") || tokens.Try("FROM") ? scope.SchemaName(tokens.Names()) : scope.DefaultSchema;
                return new QueryPlan($"""
                    SELECT schema_name[4:] AS database, table_name AS "tableName", FALSE AS "isTemporary" FROM duckdb_tables()
                    WHERE database_name = {Space(of)} AND schema_name = {Space(schema)} ORDER BY 2
                    """);
            case "COLUMNS":
                if (!tokens.Try("IN")) tokens.Expect("FROM");
                return new QueryPlan($"SELECT col_name FROM ({Columns(scope.Table(tokens.Names()))})");
            default: throw SqlFailure.Syntax(what);
        }
    }

    private QueryPlan Describe()
    {
        tokens.Try("TABLE");
        tokens.Try("EXTENDED");
        return new QueryPlan(Columns(scope.Table(tokens.Names())));
    }

    private static string Space(string name) => DuckDbText.Literal(DuckDbText.Space(name));

    private string Columns(TableName table) => $"SELECT * FROM (VALUES {string.Join(", ", scope.Described(table).Select(column =>
        $"({DuckDbText.Literal(column.Name)}, {DuckDbText.Literal(column.Type.Ddl.ToLowerInvariant())}, CAST({(column.Comment is null ? "NULL" : DuckDbText.Literal(column.Comment))} AS VARCHAR))"))}) AS d(col_name, data_type, comment)";
}
