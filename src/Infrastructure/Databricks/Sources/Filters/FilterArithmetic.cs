using Mirion.Generation.Infrastructure.Sql;
using static Mirion.Generation.Infrastructure.Databricks.Sources.Filters.DatabricksTypes;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Filters;

/// <summary>
/// Arithmetic, with DuckDB's results: <c>/</c> gives a DOUBLE, and infinity by zero, <c>//</c> and <c>%</c> NULL by zero, where a warehouse fails. Overflow fails on both.
/// </summary>
internal static class FilterArithmetic
{
    private const string Day = "DATE";
    private const string Moment = "TIMESTAMP";

    // A decimal of more digits loses some behind the point there.
    private const int MostDigits = 37;

    /// <summary>The call of an operator or of the function of its name; null when it is not available.</summary>
    public static SqlStatement? Write(FilterCall call) => call.Name switch
    {
        "-" when call.Count == 1 => IsNumber(call.Result) ? SqlStatement.Of($"(- {call.Argument(0, call.Result)})") : null,
        "+" when call.Count == 1 => IsNumber(call.Result) ? call.Argument(0, call.Result) : null,
        _ when call.Count != 2 => null,
        "+" or "add" or "date_add" => IsNumber(call.Result) ? Number(call, (left, right) => SqlStatement.Of($"({left} + {right})")) : Later(call, 1),
        "-" or "subtract" => IsNumber(call.Result) && IsNumber(call.TypeOf(0)) ? Number(call, (left, right) => SqlStatement.Of($"({left} - {right})")) : Earlier(call),
        "*" or "multiply" => IsDecimal(call.Result, out _, out _) ? Product(call) : Number(call, (left, right) => SqlStatement.Of($"({left} * {right})")),
        "/" => call.Result == "DOUBLE" ? Quotient(call) : null,
        "//" or "divide" => IsWhole(call.Result) ? Whole(call, (left, right) => SqlStatement.Of($"({left} div nullif({right}, 0))")) : null,
        "%" or "mod" or "fmod" => IsWhole(call.Result) ? Whole(call, (left, right) => SqlStatement.Of($"({left} % nullif({right}, 0))")) : null,
        "**" or "^" or "pow" or "power" => SqlStatement.Of($"power({call.Argument(0, "DOUBLE")}, {call.Argument(1, "DOUBLE")})"),
        _ => null,
    };

    private static bool IsNumber(string type) => IsWhole(type) || type is "FLOAT" or "DOUBLE" || IsDecimal(type, out _, out _);

    private static SqlStatement? Number(FilterCall call, Func<SqlStatement, SqlStatement, SqlStatement> write)
    {
        if (!IsNumber(call.Result) || !IsNumber(call.TypeOf(0)) || !IsNumber(call.TypeOf(1))) return null;
        var result = write(call.Argument(0, call.Result), call.Argument(1, call.Result));
        if (!IsDecimal(call.Result, out var digits, out _)) return result;
        return digits <= MostDigits ? SqlStatement.Of($"CAST({result} AS {Of(call.Result)!})") : null;
    }

    private static SqlStatement Whole(FilterCall call, Func<SqlStatement, SqlStatement, SqlStatement> write) =>
        SqlStatement.Of($"CAST({write(call.Argument(0, call.Result), call.Argument(1, call.Result))} AS {Of(call.Result)!})");

    // The factors keep their digits, which the product has all of.
    private static SqlStatement? Product(FilterCall call) =>
        AsDecimal(call.TypeOf(0)) is { } left && AsDecimal(call.TypeOf(1)) is { } right
        && IsDecimal(left, out var leftDigits, out _) && IsDecimal(right, out var rightDigits, out _) && leftDigits + rightDigits < MostDigits
            ? SqlStatement.Of($"CAST({call.Argument(0, left)} * {call.Argument(1, right)} AS {Of(call.Result)!})")
            : null;

    private static SqlStatement Quotient(FilterCall call)
    {
        var (left, right) = (call.Argument(0, "DOUBLE"), call.Argument(1, "DOUBLE"));
        return SqlStatement.Of($"(CASE WHEN {right} = 0D THEN {left} * CAST('Infinity' AS DOUBLE) ELSE {left} / {right} END)");
    }

    private static SqlStatement? Earlier(FilterCall call) => (call.TypeOf(0), call.TypeOf(1)) is (Day, Day)
        ? SqlStatement.Of($"CAST(datediff({call.Argument(0, Day)}, {call.Argument(1, Day)}) AS BIGINT)")
        : Later(call, -1);

    // A date and days, or a moment and an interval. Months go first, then days, then the rest, as DuckDB adds them.
    private static SqlStatement? Later(FilterCall call, int sign)
    {
        if (call.Result == Day && call.TypeOf(0) == Day && IsWhole(call.TypeOf(1)))
        {
            var days = call.Argument(1, "INTEGER");
            return sign > 0 ? SqlStatement.Of($"date_add({call.Argument(0, Day)}, {days})") : SqlStatement.Of($"date_sub({call.Argument(0, Day)}, {days})");
        }

        var interval = call.TypeOf(1) == "INTERVAL" ? 1 : sign > 0 && call.TypeOf(0) == "INTERVAL" ? 0 : -1;
        if (interval < 0 || !IsMoment(call.Result) || call.Interval(interval) is not { } span) return null;
        var (months, rest) = (span.Months * sign, span.Microseconds * sign);
        if (Math.Abs(months) > int.MaxValue || Math.Abs(span.Days) > int.MaxValue || rest % 1_000_000 != 0 || Math.Abs(rest / 1_000_000) > int.MaxValue) return null;
        var moment = call.Argument(1 - interval, Moment);
        if (months != 0) moment = SqlStatement.Of($"timestampadd(MONTH, {(int)months}, {moment})");
        if (span.Days != 0) moment = SqlStatement.Of($"timestampadd(DAY, {(int)(span.Days * sign)}, {moment})");
        return rest == 0 ? moment : SqlStatement.Of($"timestampadd(SECOND, {(int)(rest / 1_000_000)}, {moment})");
    }
}
