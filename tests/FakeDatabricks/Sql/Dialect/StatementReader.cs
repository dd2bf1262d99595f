using Mirion.Generation.FakeDatabricks.Sql.Engine;

namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <summary>Reads one statement of Databricks SQL (docs.databricks.com/sql/language-manual) and plans it for DuckDB.</summary>
internal sealed class StatementReader(IReadOnlyList<Token> cut, StatementScope scope)
{
    private readonly TokenReader _tokens = new(cut);

    /// <summary>The statement; a second one has no place.</summary>
    public Plan Read()
    {
        var queries = new Queries(_tokens, scope);
        var plan = _tokens.Current.Text.ToUpperInvariant() switch
        {
            "SELECT" or "WITH" or "VALUES" or "(" => new QueryPlan(queries.Read()),
            "INSERT" or "UPDATE" or "DELETE" or "TRUNCATE" => new Writes(_tokens, scope, queries).Read(),
            "MERGE" => new Merges(_tokens, scope, queries).Read(),
            "CREATE" => new Creations(_tokens, scope, queries).Read(),
            "ALTER" or "DROP" or "COMMENT" => new Changes(_tokens, scope).Read(),
            "SHOW" or "DESCRIBE" or "DESC" => new Descriptions(_tokens, scope).Read(),
            _ => throw _tokens.Unexpected(),
        };
        _tokens.End();
        return plan;
    }
}
