using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Mirion.Generation.FakeDatabricks.Sql.Dialect;

namespace Mirion.Generation.FakeDatabricks.Sql.Engine;

/// <summary>DuckDB's complaints in a warehouse's words. What has none is an internal error: DuckDB's own words are never shown.</summary>
internal static partial class DuckDbErrors
{
    private static readonly (Regex Pattern, Func<Match, SqlFailure> Failure)[] Known =
    [
        (Ours(), m => new SqlFailure(m.Groups[1].Value, m.Groups[3].Value, m.Groups[2].Value)),
        (UnknownColumn(), m => SqlFailure.Column(m.Groups[1].Value)),
        (UnknownField(), m => new SqlFailure("FIELD_NOT_FOUND", "42704", $"No such struct field `{m.Groups[1].Value}`")),
        (Ambiguous(), m => new SqlFailure("AMBIGUOUS_REFERENCE", "42704", $"Reference `{m.Groups[1].Value}` is ambiguous")),
        (Ungrouped(), m => new SqlFailure("MISSING_AGGREGATION", "42803", $"The non-aggregating expression \"{m.Groups[1].Value}\" is based on columns which are not participating in the GROUP BY clause")),
        (Aggregated(), _ => new SqlFailure("INVALID_WHERE_CONDITION", "42903", "The WHERE condition contains invalid expressions. Rewrite the query to avoid aggregate functions in the WHERE clause")),
        (NotNull(), m => new SqlFailure("DELTA_NOT_NULL_CONSTRAINT_VIOLATED", "23502", $"NOT NULL constraint violated for column: {m.Groups[1].Value}")),
        (Malformed(), m => new SqlFailure("CAST_INVALID_INPUT", "22018", $"The value '{m.Groups[1].Value}' of the type \"STRING\" cannot be cast because it is malformed. Use `try_cast` to tolerate malformed input and return NULL instead")),
        (BadMoment(), m => new SqlFailure("CAST_INVALID_INPUT", "22018", $"The value '{m.Groups[1].Value}' of the type \"STRING\" cannot be cast because it is malformed. Use `try_cast` to tolerate malformed input and return NULL instead")),
        (OutOfRange(), _ => new SqlFailure("CAST_OVERFLOW", "22003", "The value cannot be cast due to an overflow. Use `try_cast` to tolerate overflow and return NULL instead")),
        (Overflow(), _ => new SqlFailure("ARITHMETIC_OVERFLOW", "22003", "Overflow. Use 'try_add' to tolerate overflow and return NULL instead")),
        (Types(), _ => SqlFailure.Mismatch("the types of the operands do not go together")),
        (Syntax(), m => SqlFailure.Syntax($"'{m.Groups[1].Value}'")),
        (TooManyRows(), _ => new SqlFailure("SCALAR_SUBQUERY_TOO_MANY_ROWS", "21000", "More than one row returned by a subquery used as an expression")),
        (Columns(), _ => new SqlFailure("NUM_COLUMNS_MISMATCH", "42826", "The number of columns does not go together")),
        (Exists(), _ => new SqlFailure("TABLE_OR_VIEW_ALREADY_EXISTS", "42P07", "Cannot create the table or view because it already exists")),
    ];

    /// <summary>What a warehouse would say.</summary>
    public static SqlFailure Translate(DuckDBException trouble) =>
        Known.Select(known => (known.Failure, Match: known.Pattern.Match(trouble.Message))).FirstOrDefault(known => known.Match.Success) is { Failure: { } failure } found
            ? failure(found.Match)
            : new SqlFailure("INTERNAL_ERROR", "XX000", "The statement met something that this workspace does not know", "INTERNAL_ERROR");

    [GeneratedRegex(@"\[([A-Z][A-Z0-9_.]+)\] (.*?)\.? SQLSTATE: (\w{5})", RegexOptions.Singleline)]
    private static partial Regex Ours();

    [GeneratedRegex("Referenced (?:column|table) \"(.+?)\" not found|does not have a column named \"(?<1>.+?)\"|column \"(?<1>[^\"]+)\" does not exist|with name (?<1>\\S+) does not exist|Column with name \"?(?<1>\\S+?)\"? does not exist|column (?<1>\\S+) not found", RegexOptions.IgnoreCase)]
    private static partial Regex UnknownColumn();

    [GeneratedRegex("Could not find key \"(.+?)\" in struct")]
    private static partial Regex UnknownField();

    [GeneratedRegex("Ambiguous reference to (?:column name|table) \"(.+?)\"", RegexOptions.IgnoreCase)]
    private static partial Regex Ambiguous();

    [GeneratedRegex("column \"(.+?)\" must appear in the GROUP BY clause")]
    private static partial Regex Ungrouped();

    [GeneratedRegex("WHERE clause cannot contain|aggregate functions? (?:are|is) not allowed|cannot contain aggregates", RegexOptions.IgnoreCase)]
    private static partial Regex Aggregated();

    [GeneratedRegex(@"NOT NULL constraint failed: \S+?\.(\S+)")]
    private static partial Regex NotNull();

    [GeneratedRegex("Could not convert string (?:'(.*?)'|\"(?<1>.*?)\") to", RegexOptions.Singleline)]
    private static partial Regex Malformed();

    [GeneratedRegex("(?:date|time|timestamp|interval) field (?:format|value):? (?:\"(.*?)\",? )?(?:out of range|has a|must be|is not|expected)[^\"]*\"?([^\"]*)", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex BadMoment();

    [GeneratedRegex("out of range for the destination type|can't be cast because the value is out of range")]
    private static partial Regex OutOfRange();

    [GeneratedRegex("Overflow in|Out of Range Error", RegexOptions.IgnoreCase)]
    private static partial Regex Overflow();

    [GeneratedRegex("No function matches|Cannot compare values|Unimplemented type for cast|can only be applied to|can't be cast to the destination type|an explicit cast is required|Cannot mix values|Cannot combine types|Cannot extract field|is not an aggregate function", RegexOptions.IgnoreCase)]
    private static partial Regex Types();

    [GeneratedRegex("syntax error at or near \"(.+?)\"")]
    private static partial Regex Syntax();

    [GeneratedRegex("More than one row returned by a subquery")]
    private static partial Regex TooManyRows();

    [GeneratedRegex("same number of result columns|columns available but|values were supplied|must have the same length", RegexOptions.IgnoreCase)]
    private static partial Regex Columns();

    [GeneratedRegex("already exists")]
    private static partial Regex Exists();
}
