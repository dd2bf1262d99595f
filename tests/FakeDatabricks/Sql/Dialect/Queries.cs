using Mirion.Generation.FakeDatabricks.Sql.Engine;

namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <summary>Reads queries (docs.databricks.com/sql/language-manual/sql-ref-syntax-qry-select) and writes them for DuckDB.</summary>
internal sealed class Queries
{
    private static readonly HashSet<string> Clauses = new(
        [
            "FROM", "WHERE", "GROUP", "HAVING", "QUALIFY", "ORDER", "LIMIT", "OFFSET", "UNION", "EXCEPT", "INTERSECT", "MINUS",
            "JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL", "SEMI", "ANTI", "ON", "USING", "WHEN", "LATERAL", "SET", "VALUES",
        ],
        StringComparer.OrdinalIgnoreCase);

    private readonly TokenReader _tokens;
    private readonly StatementScope _scope;
    private readonly Relations _relations;

    public Queries(TokenReader tokens, StatementScope scope)
    {
        (_tokens, _scope) = (tokens, scope);
        Expressions = new Expressions(tokens, scope, Read);
        _relations = new Relations(tokens, scope, this);
    }

    public Expressions Expressions { get; }

    /// <summary>The relations of FROM and USING.</summary>
    public Relations Relations => _relations;

    /// <summary>The query that comes next.</summary>
    public string Read()
    {
        _scope.Open();
        var text = (_tokens.Try("WITH") ? With() : string.Empty) + Sets();
        if (_tokens.Try("ORDER", "BY")) text += _tokens.Try("ALL") ? " ORDER BY ALL" : $" ORDER BY {Listed(() => SortKey(_tokens, Expressions))}";
        if (_tokens.Try("LIMIT") && !_tokens.Try("ALL")) text += $" LIMIT {Expressions.Read()}";
        if (_tokens.Try("OFFSET")) text += $" OFFSET {Expressions.Read()}";
        _scope.Close();
        return text;
    }

    /// <summary>An alias, if there is one.</summary>
    public string? Alias()
    {
        if (_tokens.Try("AS")) return DuckDbText.Quote(_tokens.Name());
        return _tokens.Current.Kind is TokenKind.Quoted || (_tokens.Current.Kind is TokenKind.Word && !Clauses.Contains(_tokens.Current.Text))
            ? DuckDbText.Quote(_tokens.Name())
            : null;
    }

    /// <summary>A key of ORDER BY. NULLs come first unless the order is descending.</summary>
    public static string SortKey(TokenReader tokens, Expressions expressions)
    {
        var key = expressions.Read();
        var descending = tokens.Try("DESC");
        if (!descending) tokens.Try("ASC");
        var first = tokens.Try("NULLS", "FIRST") || (!tokens.Try("NULLS", "LAST") && !descending);
        return $"{key} {(descending ? "DESC" : "ASC")} NULLS {(first ? "FIRST" : "LAST")}";
    }

    private string Listed(Func<string> read) => string.Join(", ", _tokens.List(read));

    private string With()
    {
        if (_tokens.At("RECURSIVE")) throw _tokens.Unexpected();
        return $"WITH {Listed(() =>
        {
            var name = _tokens.Name();
            var columns = _tokens.At("(") ? $"({string.Join(", ", _tokens.InParentheses(_tokens.Name).Select(DuckDbText.Quote))})" : string.Empty;
            _tokens.Expect("AS", "(");
            var query = Read();
            _tokens.Expect(")");
            _scope.Define(name);
            return $"{DuckDbText.Quote(name)}{columns} AS ({query})";
        })} ";
    }

    private string Sets()
    {
        var text = Term();
        while (_tokens.AtAny("UNION", "EXCEPT", "MINUS", "INTERSECT"))
        {
            var word = _tokens.Take().Text;
            var all = _tokens.Try("ALL") ? " ALL" : string.Empty;
            if (all.Length == 0) _tokens.Try("DISTINCT");
            text += $" {(word.Equals("MINUS", StringComparison.OrdinalIgnoreCase) ? "EXCEPT" : word)}{all} {Term()}";
        }

        return text;
    }

    private string Term()
    {
        if (_tokens.Try("("))
        {
            var inner = Read();
            _tokens.Expect(")");
            return $"({inner})";
        }

        if (_tokens.Try("VALUES")) return $"VALUES {Listed(Row)}";
        _tokens.Expect("SELECT");
        return Select();
    }

    private string Row() => _tokens.At("(") ? $"({string.Join(", ", _tokens.InParentheses(Expressions.Read))})" : $"({Expressions.Read()})";

    private string Select()
    {
        var text = _tokens.Try("DISTINCT") ? "SELECT DISTINCT " : "SELECT ";
        if (text == "SELECT ") _tokens.Try("ALL");
        text += Listed(Item);
        if (_tokens.Try("FROM")) text += $" FROM {_relations.Read()}";
        if (_tokens.Try("WHERE")) text += $" WHERE {Expressions.Read()}";
        if (_tokens.Try("GROUP", "BY")) text += _tokens.Try("ALL") ? " GROUP BY ALL" : $" GROUP BY {Listed(Expressions.Read)}";
        if (_tokens.Try("HAVING")) text += $" HAVING {Expressions.Read()}";
        if (_tokens.Try("QUALIFY")) text += $" QUALIFY {Expressions.Read()}";
        return text;
    }

    private string Item()
    {
        if (_tokens.Try("*")) return _tokens.Try("EXCEPT") ? $"* EXCLUDE ({string.Join(", ", _tokens.InParentheses(_tokens.Name).Select(DuckDbText.Quote))})" : "*";
        var (start, taken) = (_tokens.Current, _tokens.Taken);
        var value = Expressions.Read();
        var text = _tokens.Since(taken);
        var alias = value.EndsWith(".*", StringComparison.Ordinal) || value.Contains("max_depth := 2", StringComparison.Ordinal) ? null : Alias() ?? Unnamed(start, value, text);
        return alias is null ? value : $"{value} AS {alias}";
    }

    // What has no alias is named by the column it comes from, or else by its text, more or less; explode names its own "col".
    private static string? Unnamed(Token start, string value, string text) => value.EndsWith('"') ? null : start.Is("explode") ? "\"col\"" : DuckDbText.Quote(text);
}
