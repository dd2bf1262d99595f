using System.Text.Json.Nodes;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Filters;

/// <summary>
/// The functions of a filter on Databricks (docs.databricks.com/sql/language-manual/sql-ref-functions-builtin): those that give the same there for the same arguments, by the name
/// that DuckDB's syntax tree has for them. What is not here is refused.
/// </summary>
internal static class FilterFunctions
{
    private const string Text = "VARCHAR";
    private const string Real = "DOUBLE";
    private const string Day = "DATE";
    private const string Moment = "TIMESTAMP";

    // What DuckDB trims: every space separator, but no tab.
    private const string Spaces = " \u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F\u3000";

    private static readonly Dictionary<string, (string[] Arguments, Func<SqlStatement[], SqlStatement> Write)> Plain = [];
    private static readonly Dictionary<string, Func<FilterCall, SqlStatement?>> Particular = [];

    static FilterFunctions()
    {
        AddTexts();
        AddDates();
        AddNumbers();
        foreach (var name in "+ - * / // % mod fmod ** ^ pow power add subtract multiply divide".Split(' ')) Particular[name] = FilterArithmetic.Write;
        foreach (var name in "~~ !~~ ~~* !~~* like_escape not_like_escape ilike_escape not_ilike_escape".Split(' ')) Particular[name] = FilterPatterns.Like;
        foreach (var name in "regexp_matches regexp_full_match regexp_extract".Split(' ')) Particular[name] = FilterPatterns.Regex;
    }

    /// <summary>The call that a node is.</summary>
    public static SqlStatement Write(FilterWriter writer, JsonNode node)
    {
        var (call, name) = (new FilterCall(writer, node), node.Function());
        if (Plain.TryGetValue(name, out var plain) && plain.Arguments.Length == call.Count) return plain.Write([.. plain.Arguments.Select((type, index) => call.Argument(index, type))]);
        if (Particular.TryGetValue(name, out var particular) && particular(call) is { } written) return written;
        return writer.Refuse($"The function '{name}' is not available on Databricks{(Plain.ContainsKey(name) || Particular.ContainsKey(name) ? " with these arguments" : "")}.");
    }

    private static void AddTexts()
    {
        Add("lower lcase", [Text], a => SqlStatement.Of($"lower({a[0]})"));
        Add("upper ucase", [Text], a => SqlStatement.Of($"upper({a[0]})"));
        Add("trim", [Text], a => SqlStatement.Of($"btrim({a[0]}, {Spaces})"));
        Add("ltrim", [Text], a => SqlStatement.Of($"regexp_replace({a[0]}, {$"^[{Spaces}]+"}, '')"));
        Add("rtrim", [Text], a => SqlStatement.Of($"regexp_replace({a[0]}, {$"[{Spaces}]+\\z"}, '')"));
        Add("strlen", [Text], a => SqlStatement.Of($"CAST(octet_length({a[0]}) AS BIGINT)"));
        Particular["length"] = Particular["len"] = call => call.TypeOf(0) == Text ? SqlStatement.Of($"CAST(length({call.Argument(0, Text)}) AS BIGINT)") : null;
        Particular["contains"] = call => call.Count == 2 && call.TypeOf(0) == Text ? SqlStatement.Of($"contains({call.Argument(0, Text)}, {call.Argument(1, Text)})") : null;
        Add("prefix starts_with", [Text, Text], a => SqlStatement.Of($"startswith({a[0]}, {a[1]})"));
        Add("suffix ends_with", [Text, Text], a => SqlStatement.Of($"endswith({a[0]}, {a[1]})"));
        Add("instr strpos position", [Text, Text], a => SqlStatement.Of($"CAST(instr({a[0]}, {a[1]}) AS BIGINT)"));
        Add("md5", [Text], a => SqlStatement.Of($"md5({a[0]})"));
        Add("sha256", [Text], a => SqlStatement.Of($"sha2({a[0]}, 256)"));
        Particular["left"] = call => call.Whole(1) is >= 0 ? SqlStatement.Of($"left({call.Argument(0, Text)}, {call.Argument(1, "INTEGER")})") : null;
        Particular["right"] = call => call.Whole(1) is >= 0 ? SqlStatement.Of($"right({call.Argument(0, Text)}, {call.Argument(1, "INTEGER")})") : null;
        Particular["substring"] = Particular["substr"] = Substring;
        Particular["split_part"] = call => call.Literal(1) is { Length: > 0 } && call.Whole(2) is >= 1
            ? SqlStatement.Of($"split_part({call.Argument(0, Text)}, {call.Argument(1, Text)}, {call.Argument(2, "INTEGER")})")
            : null;
        // NULL counts as nothing here, and would make the whole NULL there.
        Particular["concat"] = call => call.AreAll(Text) ? SqlStatement.Of($"concat({SqlStatement.List(call.Arguments(Text).Select(text => SqlStatement.Of($"coalesce({text}, '')")))})") : null;
        Particular["concat_ws"] = call => call.AreAll(Text) ? SqlStatement.Of($"concat_ws({SqlStatement.List(call.Arguments(Text))})") : null;
        Particular["||"] = call => call.Result == Text ? SqlStatement.Of($"({call.Argument(0, Text)} || {call.Argument(1, Text)})") : null;
        Particular["greatest"] = call => call.Count > 1 ? SqlStatement.Of($"greatest({SqlStatement.List(call.Arguments(call.Result))})") : null;
        Particular["least"] = call => call.Count > 1 ? SqlStatement.Of($"least({SqlStatement.List(call.Arguments(call.Result))})") : null;
        Particular["ifnull"] = call => SqlStatement.Of($"coalesce({SqlStatement.List(call.Arguments(call.Result))})");
        Particular["nullif"] = call => call.TypeOf(0) == call.TypeOf(1) || (call.IsConstant(1) && DatabricksTypes.IsWhole(call.TypeOf(1))) ? SqlStatement.Of($"nullif({call.Argument(0, call.Result)}, {call.Argument(1, call.Result)})") : null;
    }

    private static void AddDates()
    {
        foreach (var part in "year quarter month week weekofyear day dayofmonth dayofweek isodow dayofyear hour minute second".Split(' ')) Particular[part] = call => Part(call, part, 0);
        Particular["date_part"] = Particular["datepart"] = call => call.Literal(0) is { } part ? Part(call, part.ToLowerInvariant(), 1) : null;
        Particular["date_trunc"] = Particular["datetrunc"] = call => call.Literal(0)?.ToLowerInvariant() is { } unit && DatabricksTypes.IsMoment(call.Result) ? Truncated(unit, call.Argument(1, Day)) : null;
        Particular["date_diff"] = Particular["datediff"] = call => call.Literal(0)?.ToLowerInvariant() is "day" or "days" or "d"
            ? SqlStatement.Of($"CAST(datediff({call.Argument(2, Day)}, {call.Argument(1, Day)}) AS BIGINT)")
            : null;
        Add("last_day", [Day], a => SqlStatement.Of($"last_day({a[0]})"));
        Add("make_date", ["INTEGER", "INTEGER", "INTEGER"], a => SqlStatement.Of($"make_date({a[0]}, {a[1]}, {a[2]})"));
        Particular["date_add"] = FilterArithmetic.Write;
    }

    private static void AddNumbers()
    {
        Particular["abs"] = call => SqlStatement.Of($"abs({call.Argument(0, call.Result)})");
        Particular["round"] = Round;
        Particular["ceil"] = Particular["ceiling"] = call => ToWhole(call, value => SqlStatement.Of($"ceil({value})"));
        Particular["floor"] = call => ToWhole(call, value => SqlStatement.Of($"floor({value})"));
        // No number is equal to itself there, and NULL is no number: isnan() says false of it.
        Add("isnan", [Real], a => SqlStatement.Of($"({a[0]} = CAST('NaN' AS DOUBLE))"));
        Add("isinf", [Real], a => SqlStatement.Of($"(abs({a[0]}) = CAST('Infinity' AS DOUBLE))"));
        Add("isfinite", [Real], a => SqlStatement.Of($"(abs({a[0]}) < CAST('Infinity' AS DOUBLE))"));
    }

    private static void Add(string names, string[] arguments, Func<SqlStatement[], SqlStatement> write)
    {
        foreach (var name in names.Split(' ')) Plain.Add(name, (arguments, write));
    }

    private static SqlStatement? Substring(FilterCall call)
    {
        // What a start before the first character, or a length below nothing, means is another matter on each.
        if (call.Whole(1) is not >= 1 || (call.Count == 3 && call.Whole(2) is not >= 0)) return null;
        var (text, start) = (call.Argument(0, Text), call.Argument(1, "INTEGER"));
        return call.Count == 3 ? SqlStatement.Of($"substring({text}, {start}, {call.Argument(2, "INTEGER")})") : SqlStatement.Of($"substring({text}, {start})");
    }

    private static SqlStatement? Part(FilterCall call, string part, int argument)
    {
        if (call.Result != "BIGINT" || (call.TypeOf(argument) != Day && !DatabricksTypes.IsMoment(call.TypeOf(argument)))) return null;
        SqlStatement? value = part switch
        {
            "year" => SqlStatement.Of($"year({call.Argument(argument, Day)})"),
            "quarter" => SqlStatement.Of($"quarter({call.Argument(argument, Day)})"),
            "month" => SqlStatement.Of($"month({call.Argument(argument, Day)})"),
            "week" or "weekofyear" => SqlStatement.Of($"weekofyear({call.Argument(argument, Day)})"),
            "day" or "dayofmonth" => SqlStatement.Of($"day({call.Argument(argument, Day)})"),
            // Sunday is 0 here and 1 there.
            "dayofweek" or "dow" => SqlStatement.Of($"(dayofweek({call.Argument(argument, Day)}) - 1)"),
            // Monday is 1 here and 0 there.
            "isodow" => SqlStatement.Of($"(weekday({call.Argument(argument, Day)}) + 1)"),
            "dayofyear" or "doy" => SqlStatement.Of($"dayofyear({call.Argument(argument, Day)})"),
            "hour" => SqlStatement.Of($"hour({call.Argument(argument, Moment)})"),
            "minute" => SqlStatement.Of($"minute({call.Argument(argument, Moment)})"),
            "second" => SqlStatement.Of($"second({call.Argument(argument, Moment)})"),
            _ => null,
        };
        return value is null ? null : SqlStatement.Of($"CAST({value} AS BIGINT)");
    }

    private static SqlStatement? Truncated(string unit, SqlStatement day) => unit switch
    {
        "year" or "years" => SqlStatement.Of($"CAST(trunc({day}, 'YEAR') AS TIMESTAMP_NTZ)"),
        "quarter" or "quarters" => SqlStatement.Of($"CAST(trunc({day}, 'QUARTER') AS TIMESTAMP_NTZ)"),
        "month" or "months" => SqlStatement.Of($"CAST(trunc({day}, 'MONTH') AS TIMESTAMP_NTZ)"),
        "week" or "weeks" => SqlStatement.Of($"CAST(trunc({day}, 'WEEK') AS TIMESTAMP_NTZ)"),
        "day" or "days" => SqlStatement.Of($"CAST({day} AS TIMESTAMP_NTZ)"),
        _ => null,
    };

    // Decimals are rounded alike. Of a floating-point number only the nearest whole one is the same on both; how it looks in decimal digits is not.
    private static SqlStatement? Round(FilterCall call)
    {
        if (call.Count == 1 && call.TypeOf(0) == Real) return SqlStatement.Of($"round({call.Argument(0, Real)}, 0)");
        if (!DatabricksTypes.IsDecimal(call.Result, out _, out _) || !DatabricksTypes.IsDecimal(call.TypeOf(0), out _, out _)) return null;
        var digits = call.Count == 1 ? 0 : call.Whole(1);
        return digits is >= 0 ? SqlStatement.Of($"CAST(round({call.Argument(0, call.TypeOf(0))}, {digits.Value}) AS {DatabricksTypes.Of(call.Result)!})") : null;
    }

    // There the result is a BIGINT, which does not hold every DOUBLE; from 2^53 on each is whole as it is.
    private static SqlStatement? ToWhole(FilterCall call, Func<SqlStatement, SqlStatement> round)
    {
        if (DatabricksTypes.IsDecimal(call.Result, out _, out _)) return SqlStatement.Of($"CAST({round(call.Argument(0, call.TypeOf(0)))} AS {DatabricksTypes.Of(call.Result)!})");
        if (call.Result != Real) return null;
        var value = call.Argument(0, Real);
        return SqlStatement.Of($"(CASE WHEN abs({value}) < 9007199254740992D THEN CAST({round(value)} AS DOUBLE) ELSE {value} END)");
    }
}
