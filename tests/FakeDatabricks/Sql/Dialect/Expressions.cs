using Mirion.Generation.FakeDatabricks.Sql.Engine;

namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <summary>
/// Reads expressions by the grammar of Databricks SQL and writes them for DuckDB. What the grammar has no place for is refused here, whatever DuckDB
/// would make of it.
/// </summary>
internal sealed class Expressions(TokenReader tokens, StatementScope scope, Func<string> query)
{
    private static readonly HashSet<string> Reserved = new(
        [
            "SELECT", "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "UNION", "EXCEPT", "INTERSECT", "MINUS",
            "JOIN", "ON", "USING", "WHEN", "THEN", "ELSE", "END", "AND", "OR", "AS",
        ],
        StringComparer.OrdinalIgnoreCase);

    private Calls? _calls;

    private Calls Calls => _calls ??= new Calls(tokens, scope, this, query);

    /// <summary>The expression that comes next.</summary>
    public string Read() => Chain("OR", () => Chain("AND", Not));

    private string Chain(string word, Func<string> read)
    {
        var parts = new List<string> { read() };
        while (tokens.Try(word)) parts.Add(read());
        return parts.Count == 1 ? parts[0] : $"({string.Join($" {word} ", parts)})";
    }

    private string Not() => tokens.Try("NOT") || tokens.Try("!") ? $"NOT ({Not()})" : Predicate();

    private string Predicate()
    {
        var left = Bits();
        while (true)
        {
            if (tokens.AtAny("=", "==", "<>", "!=", "<", "<=", ">", ">=")) left = Compare(left, tokens.Take().Text);
            else if (tokens.Try("<=>")) left = $"({left} IS NOT DISTINCT FROM {Bits()})";
            else if (tokens.Try("IS")) left = Is(left);
            else if (tokens.At("NOT") && tokens.Peek() is var next && (next.Is("IN") || next.Is("BETWEEN") || next.Is("LIKE") || next.Is("ILIKE") || next.Is("RLIKE") || next.Is("REGEXP")))
            {
                tokens.Take();
                left = $"(NOT {Match(left)})";
            }
            else if (tokens.AtAny("IN", "BETWEEN", "LIKE", "ILIKE", "RLIKE", "REGEXP")) left = Match(left);
            else return left;
        }
    }

    private string Compare(string left, string sign) => $"({left} {(sign == "==" ? "=" : sign)} {Bits()})";

    private string Is(string left)
    {
        var not = tokens.Try("NOT") ? " NOT" : string.Empty;
        if (tokens.Try("NULL")) return $"({left} IS{not} NULL)";
        if (tokens.Try("DISTINCT", "FROM")) return $"({left} IS{not} DISTINCT FROM {Bits()})";
        if (tokens.AtAny("TRUE", "FALSE")) return $"({left} IS{not} {tokens.Take().Text})";
        throw tokens.Unexpected();
    }

    private string Match(string left)
    {
        switch (tokens.Take().Text.ToUpperInvariant())
        {
            case "IN":
                tokens.Expect("(");
                var list = tokens.AtAny("SELECT", "WITH") ? query() : string.Join(", ", tokens.List(Read));
                tokens.Expect(")");
                return $"({left} IN ({list}))";
            case "BETWEEN":
                var low = Bits();
                tokens.Expect("AND");
                return $"({left} BETWEEN {low} AND {Bits()})";
            case "LIKE": return $"({left} LIKE {Pattern()})";
            case "ILIKE": return $"({left} ILIKE {Pattern()})";
            default: return $"regexp_matches({left}, {Bits()})";
        }
    }

    // A backslash escapes in a pattern unless the statement names another character.
    private string Pattern() => $"{Bits()} ESCAPE {(tokens.Try("ESCAPE") ? DuckDbText.Literal(tokens.String()) : @"'\'")}";

    private string Bits()
    {
        var left = Sum();
        while (tokens.AtAny("&", "|", "^"))
        {
            var sign = tokens.Take().Text;
            left = sign == "^" ? $"xor({left}, {Sum()})" : $"({left} {sign} {Sum()})";
        }

        return left;
    }

    private string Sum()
    {
        var left = Product();
        while (tokens.AtAny("+", "-", "||")) left = $"({left} {tokens.Take().Text} {Product()})";
        return left;
    }

    private string Product()
    {
        var left = Unary();
        while (tokens.AtAny("*", "/", "%", "DIV"))
        {
            var sign = tokens.Take().Text.ToUpperInvariant();
            var right = Unary();
            left = sign switch
            {
                "*" => $"({left} * {right})",
                "/" => $"dbx_divide({left}, {right})",
                "%" => $"dbx_modulo({left}, {right})",
                _ => $"dbx_div({left}, {right})",
            };
        }

        return left;
    }

    private string Unary() => tokens.AtAny("-", "+", "~") ? $"({tokens.Take().Text} {Unary()})" : Postfix();

    private string Postfix()
    {
        var value = Primary();
        while (true)
        {
            if (tokens.Try("[")) value = Element(value);
            else if (tokens.Try("::")) value = Calls.Cast(value, tokens.Type());
            else if (tokens.At(".") && tokens.Peek().IsName)
            {
                tokens.Take();
                value = $"({value}).{DuckDbText.Quote(tokens.Name())}";
            }
            else if (tokens.At(":") && tokens.Peek().IsName) value = Path(value);
            else return value;
        }
    }

    // Arrays count from 0 here and from 1 there; the key of a map stays what it is.
    private string Element(string value)
    {
        var index = Read();
        tokens.Expect("]");
        return $"({value})[dbx_offset({index})]";
    }

    // variant:field.field[0], docs.databricks.com/sql/language-manual/functions/colonsign
    private string Path(string value)
    {
        tokens.Take();
        var path = $"$.{DuckDbText.Quote(tokens.Name())}";
        while (true)
        {
            if (tokens.Try(".")) path += $".{DuckDbText.Quote(tokens.Name())}";
            else if (tokens.At("[") && tokens.Peek().Kind is TokenKind.Number)
            {
                tokens.Take();
                path += $"[{tokens.Take().Text}]";
                tokens.Expect("]");
            }
            else return $"dbx_path({value}, {DuckDbText.Literal(path)})";
        }
    }

    private string Primary()
    {
        if (tokens.TryString(out var text)) return Literals.Text(text);
        if (tokens.Current.Kind is TokenKind.Number) return Literals.Number(tokens);
        if (tokens.At(":") && tokens.Peek() is { Kind: TokenKind.Word, Apart: false })
        {
            tokens.Take();
            return scope.Parameter(tokens.Take().Text);
        }

        if (tokens.Try("(")) return Parenthesis();
        return tokens.Current.IsName ? Named() : throw tokens.Unexpected();
    }

    private string Parenthesis()
    {
        if (tokens.AtAny("SELECT", "WITH"))
        {
            var subquery = query();
            tokens.Expect(")");
            return $"({subquery})";
        }

        var inner = tokens.List(Read);
        tokens.Expect(")");
        return inner.Count == 1 ? $"({inner[0]})" : $"row({string.Join(", ", inner)})";
    }

    private string Named()
    {
        if (tokens.Current.Kind is TokenKind.Word)
        {
            if (Reserved.Contains(tokens.Current.Text)) throw tokens.Unexpected();
            if (Calls.TryRead(out var call)) return call;
        }

        return tokens.Peek().Is("(") && tokens.Peek(0).Kind is TokenKind.Quoted ? throw SqlFailure.Routine(tokens.Current.Text) : Column();
    }

    private string Column()
    {
        var parts = new List<string> { DuckDbText.Quote(tokens.Name()) };
        while (tokens.At(".") && (tokens.Peek().IsName || tokens.Peek().Is("*")))
        {
            tokens.Take();
            if (tokens.Try("*")) return $"{string.Join('.', parts)}.*";
            parts.Add(DuckDbText.Quote(tokens.Name()));
        }

        return string.Join('.', parts);
    }
}
