using System.Diagnostics.CodeAnalysis;
using Mirion.Generation.FakeDatabricks.Sql.Engine;

namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <summary>Reads what begins with a word and is no column: calls of functions, CASE, CAST and typed literals.</summary>
internal sealed class Calls(TokenReader tokens, StatementScope scope, Expressions expressions, Func<string> query)
{
    /// <summary>Reads one if the current word begins one.</summary>
    public bool TryRead([NotNullWhen(true)] out string? call)
    {
        var word = tokens.Current.Text.ToUpperInvariant();
        call = word switch
        {
            "NULL" or "TRUE" or "FALSE" => tokens.Take().Text,
            "CASE" => Case(),
            "INTERVAL" => Interval(),
            "CURRENT_TIMESTAMP" or "CURRENT_DATE" when !tokens.Peek().Is("(") => Now(tokens.Take().Text),
            "DATE" or "TIMESTAMP" or "TIMESTAMP_NTZ" when tokens.Peek().Kind is TokenKind.String => Typed(),
            "X" when tokens.Peek().Kind is TokenKind.String => Binary(),
            _ when tokens.Peek().Is("(") => Function(word),
            _ => null,
        };
        return call is not null;
    }

    /// <summary>A cast by ANSI rules: what does not fit fails the statement.</summary>
    public static string Cast(string value, DataType type, bool failing = true)
    {
        var cast = failing ? "CAST" : "TRY_CAST";
        return type.Name switch
        {
            "STRING" => Functions.IsText(value) ? value : $"dbx_string({value})",
            "BINARY" => $"dbx_binary({value})",
            "VARIANT" => $"dbx_to_variant({value})",
            "TINYINT" or "SMALLINT" or "INT" or "BIGINT" or "BOOLEAN" =>
                $"CAST({(failing ? "dbx_cast" : "dbx_try_cast")}({DuckDbText.Literal(type.Name)}, typeof({value}), dbx_raw({value})) AS {type.DuckDb})",
            "DATE" => $"{cast}(left(dbx_plain({value}), 10) AS DATE)",
            "ARRAY" or "MAP" or "STRUCT" => $"{cast}({value} AS {type.DuckDb})",
            _ => $"{cast}(dbx_plain({value}) AS {type.DuckDb})",
        };
    }

    private string Now(string word) => word.Equals("CURRENT_DATE", StringComparison.OrdinalIgnoreCase)
        ? $"CAST({Literals.Moment(scope.Now)} AS DATE)"
        : Literals.Moment(scope.Now);

    private string Case()
    {
        tokens.Take();
        var text = tokens.At("WHEN") ? "CASE" : $"CASE {expressions.Read()}";
        if (!tokens.At("WHEN")) throw tokens.Unexpected();
        while (tokens.Try("WHEN"))
        {
            text += $" WHEN {expressions.Read()}";
            tokens.Expect("THEN");
            text += $" THEN {expressions.Read()}";
        }

        if (tokens.Try("ELSE")) text += $" ELSE {expressions.Read()}";
        tokens.Expect("END");
        return $"({text} END)";
    }

    private string Interval()
    {
        tokens.Take();
        var amount = tokens.TryString(out var text) ? DuckDbText.Literal(text) : $"({expressions.Read()})";
        return $"INTERVAL {amount} {Unit()}";
    }

    private string Unit()
    {
        var unit = tokens.Take();
        var word = unit.Text.ToUpperInvariant().TrimEnd('S');
        return word is "YEAR" or "QUARTER" or "MONTH" or "WEEK" or "DAY" or "HOUR" or "MINUTE" or "SECOND" or "MILLISECOND" or "MICROSECOND"
            ? word
            : throw SqlFailure.Syntax(unit);
    }

    private string Typed()
    {
        var type = tokens.Type();
        return $"CAST({Literals.Text(tokens.String())} AS {type.DuckDb})";
    }

    private string Binary()
    {
        tokens.Take();
        return $"from_hex({DuckDbText.Literal(tokens.String())})";
    }

    private string Function(string word)
    {
        var name = tokens.Take();
        tokens.Expect("(");
        var text = word switch
        {
            "CAST" => CastCall(failing: true),
            "TRY_CAST" => CastCall(failing: false),
            "EXISTS" when tokens.AtAny("SELECT", "WITH") => $"EXISTS ({query()})",
            "EXTRACT" => Extract(),
            "TRIM" when tokens.AtAny("BOTH", "LEADING", "TRAILING") => Trim(),
            "STRUCT" => Struct(),
            "FROM_JSON" => FromJson(),
            "CURRENT_TIMESTAMP" or "NOW" => Now("CURRENT_TIMESTAMP"),
            "CURRENT_DATE" or "CURDATE" => Now("CURRENT_DATE"),
            "DATEADD" or "DATE_ADD" or "TIMESTAMPADD" or "DATEDIFF" or "DATE_DIFF" or "TIMESTAMPDIFF" when tokens.Peek().Is(",") && IsUnit() => OfUnit(word),
            "TRANSFORM" or "FILTER" or "EXISTS" or "FORALL" => Lambda(word),
            _ => null,
        };
        if (text is null) return Plain(name);
        tokens.Expect(")");
        return text;
    }

    private string CastCall(bool failing)
    {
        var value = expressions.Read();
        tokens.Expect("AS");
        return Cast(value, tokens.Type(), failing);
    }

    private string Extract()
    {
        var unit = Unit();
        tokens.Expect("FROM");
        return $"CAST(extract({unit} FROM {expressions.Read()}) AS INTEGER)";
    }

    private string Trim()
    {
        var trim = tokens.Take().Text.ToUpperInvariant() switch
        {
            "LEADING" => "ltrim",
            "TRAILING" => "rtrim",
            _ => "trim",
        };
        var characters = tokens.At("FROM") ? null : expressions.Read();
        tokens.Expect("FROM");
        var text = expressions.Read();
        return characters is null ? $"{trim}({text})" : $"{trim}({text}, {characters})";
    }

    // The fields are named after the columns they come from.
    private string Struct()
    {
        var index = 0;
        var fields = tokens.List(() =>
        {
            index++;
            var value = expressions.Read();
            var name = tokens.Try("AS") ? DuckDbText.Quote(tokens.Name()) : value.EndsWith('"') ? value[(value.LastIndexOf('.') + 1)..] : $"\"col{index}\"";
            return $"{name} := {value}";
        });
        return $"struct_pack({string.Join(", ", fields)})";
    }

    private string FromJson()
    {
        var value = expressions.Read();
        tokens.Expect(",");
        if (!tokens.TryString(out var schema)) throw new SqlFailure("INVALID_SCHEMA.NON_STRING_LITERAL", "42K07", "The schema of from_json must be a string literal");
        if (tokens.Try(",")) expressions.Read();
        var type = TypeReader.Schema(schema);
        return FromJson(value, type);
    }

    /// <summary>The value of a type that a text has in it; NULL when the text is no JSON.</summary>
    public static string FromJson(string value, DataType type) =>
        $"from_json(dbx_json_or_null({value}), {DuckDbText.Literal($"\"{type.DuckDb.Replace("\"", "\\\"", StringComparison.Ordinal)}\"")})";

    private bool IsUnit() => tokens.Current.Kind is TokenKind.Word && !tokens.Current.Text.Contains('_', StringComparison.Ordinal)
        && tokens.Current.Text.ToUpperInvariant().TrimEnd('S') is "YEAR" or "QUARTER" or "MONTH" or "WEEK" or "DAY" or "HOUR" or "MINUTE" or "SECOND" or "MILLISECOND" or "MICROSECOND";

    private string OfUnit(string word)
    {
        var unit = Unit();
        tokens.Expect(",");
        var first = expressions.Read();
        tokens.Expect(",");
        var second = expressions.Read();
        return word.EndsWith("ADD", StringComparison.Ordinal)
            ? $"({second} + to_{unit.ToLowerInvariant()}s(CAST({first} AS INTEGER)))"
            : $"date_sub('{unit.ToLowerInvariant()}', {first}, {second})";
    }

    private string Lambda(string word)
    {
        var list = expressions.Read();
        tokens.Expect(",");
        var variables = tokens.At("(") ? tokens.InParentheses(tokens.Name) : [tokens.Name()];
        tokens.Expect("->");
        var body = $"lambda {string.Join(", ", variables.Select(DuckDbText.Quote))}: {expressions.Read()}";
        return word switch
        {
            "TRANSFORM" => $"list_transform({list}, {body})",
            "FILTER" => $"list_filter({list}, {body})",
            "EXISTS" => $"list_bool_or(list_transform({list}, {body}))",
            _ => $"list_bool_and(list_transform({list}, {body}))",
        };
    }

    private string Plain(Token name)
    {
        if (!Functions.TryFind(name.Text, out var function)) throw SqlFailure.Routine(name.Text);
        var distinct = tokens.Try("DISTINCT");
        if (distinct && !function.Aggregates) throw SqlFailure.Syntax(tokens.Current);
        var arguments = tokens.At(")") ? [] : tokens.List(Argument);
        tokens.Expect(")");
        if (arguments.Count < function.Fewest || arguments.Count > function.Most) throw SqlFailure.ArgumentCount(name.Text, arguments.Count);
        if (distinct) arguments = [$"DISTINCT {arguments[0]}", .. arguments.Skip(1)];
        return function.Write(arguments) + Filter(function) + Over(function);
    }

    private string Argument()
    {
        if (tokens.Try("*")) return "*";
        var value = expressions.Read();
        return tokens.At("=>") ? throw tokens.Unexpected() : value;
    }

    private string Filter(Function function)
    {
        if (!function.Aggregates || !tokens.Try("FILTER")) return string.Empty;
        tokens.Expect("(", "WHERE");
        var condition = expressions.Read();
        tokens.Expect(")");
        return $" FILTER (WHERE {condition})";
    }

    private string Over(Function function)
    {
        if (!tokens.Try("OVER")) return string.Empty;
        if (!function.Aggregates) throw tokens.Unexpected();
        tokens.Expect("(");
        var text = string.Empty;
        if (tokens.Try("PARTITION", "BY")) text += $"PARTITION BY {string.Join(", ", tokens.List(expressions.Read))}";
        if (tokens.Try("ORDER", "BY")) text += $" ORDER BY {string.Join(", ", tokens.List(() => Queries.SortKey(tokens, expressions)))}";
        if (tokens.AtAny("ROWS", "RANGE")) text += $" {tokens.Take().Text} {Frame()}";
        tokens.Expect(")");
        return $" OVER ({text})";
    }

    private string Frame()
    {
        if (!tokens.Try("BETWEEN")) return Bound();
        var low = Bound();
        tokens.Expect("AND");
        return $"BETWEEN {low} AND {Bound()}";
    }

    private string Bound()
    {
        if (tokens.Try("CURRENT", "ROW")) return "CURRENT ROW";
        var amount = tokens.Try("UNBOUNDED") ? "UNBOUNDED" : expressions.Read();
        if (!tokens.AtAny("PRECEDING", "FOLLOWING")) throw tokens.Unexpected();
        return $"{amount} {tokens.Take().Text}";
    }
}
