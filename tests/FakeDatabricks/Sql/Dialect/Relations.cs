using Mirion.Generation.FakeDatabricks.Sql.Engine;

namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <summary>Reads the relations of a FROM clause.</summary>
internal sealed class Relations(TokenReader tokens, StatementScope scope, Queries queries)
{
    /// <summary>The relations that come next, joins and all.</summary>
    public string Read()
    {
        var text = Joined();
        while (tokens.Try(",")) text += $", {Joined()}";
        while (tokens.At("LATERAL", "VIEW")) text += View();
        return text;
    }

    /// <summary>One relation with its alias.</summary>
    public string One()
    {
        tokens.Try("LATERAL");
        if (tokens.Try("("))
        {
            var inner = tokens.AtAny("SELECT", "WITH", "VALUES", "(") ? queries.Read() : Read();
            tokens.Expect(")");
            return $"({inner}){Named()}";
        }

        if (tokens.Try("VALUES")) return $"(VALUES {string.Join(", ", tokens.List(Row))}){Named()}";
        if (tokens.Current.Kind is TokenKind.Word && tokens.Peek().Is("(")) return Function() + Named();
        var name = scope.Relation(tokens.Names());
        return name + Named();
    }

    private string Row() => tokens.At("(") ? $"({string.Join(", ", tokens.InParentheses(queries.Expressions.Read))})" : $"({queries.Expressions.Read()})";

    private string Named()
    {
        if (queries.Alias() is not { } alias) return string.Empty;
        return $" AS {alias}" + (tokens.At("(") ? $"({string.Join(", ", tokens.InParentheses(tokens.Name).Select(DuckDbText.Quote))})" : string.Empty);
    }

    private string Joined()
    {
        var text = One();
        while (Join() is { } join)
        {
            var right = One();
            if (tokens.Try("ON")) text += $" {join} {right} ON {queries.Expressions.Read()}";
            else if (tokens.Try("USING")) text += $" {join} {right} USING ({string.Join(", ", tokens.InParentheses(tokens.Name).Select(DuckDbText.Quote))})";
            else text += join is "JOIN" or "CROSS JOIN" ? $" CROSS JOIN {right}" : throw tokens.Unexpected();
        }

        return text;
    }

    private string? Join()
    {
        if (tokens.Try("CROSS", "JOIN")) return "CROSS JOIN";
        if (tokens.Try("JOIN") || tokens.Try("INNER", "JOIN")) return "JOIN";
        if (tokens.Try("LEFT", "SEMI", "JOIN") || tokens.Try("SEMI", "JOIN")) return "SEMI JOIN";
        if (tokens.Try("LEFT", "ANTI", "JOIN") || tokens.Try("ANTI", "JOIN")) return "ANTI JOIN";
        if (!tokens.AtAny("LEFT", "RIGHT", "FULL")) return null;
        var side = tokens.Take().Text;
        tokens.Try("OUTER");
        tokens.Expect("JOIN");
        return $"{side} JOIN";
    }

    private string Function()
    {
        if (tokens.At("read_files")) return new ReadFiles(tokens, scope).Read();
        var name = tokens.Take();
        tokens.Expect("(");
        var arguments = tokens.At(")") ? [] : tokens.List(queries.Expressions.Read);
        tokens.Expect(")");
        return name.Text.ToUpperInvariant() switch
        {
            "EXPLODE" when arguments.Count == 1 => $"(SELECT unnest({arguments[0]}) AS col)",
            "INLINE" when arguments.Count == 1 => $"(SELECT unnest({arguments[0]}, max_depth := 2))",
            "RANGE" when arguments.Count is 1 or 2 or 3 => $"(SELECT range AS id FROM range({string.Join(", ", arguments)}))",
            _ => throw new SqlFailure("UNRESOLVABLE_TABLE_VALUED_FUNCTION", "42883", $"Could not resolve {name.Text} to a table-valued function"),
        };
    }

    // LATERAL VIEW explode(list) t AS c
    private string View()
    {
        tokens.Expect("LATERAL", "VIEW");
        var function = Function();
        var table = DuckDbText.Quote(tokens.Name());
        return tokens.Try("AS") ? $", {function} AS {table}({string.Join(", ", tokens.List(tokens.Name).Select(DuckDbText.Quote))})" : $", {function} AS {table}";
    }
}
