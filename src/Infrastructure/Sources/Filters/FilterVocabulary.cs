using System.Collections.Frozen;

namespace Mirion.Generation.Infrastructure.Sources.Filters;

/// <summary>
/// The words a filter may use, as DuckDB's syntax tree spells them. Every function here answers from its arguments alone, the same every time, and
/// takes no more memory than they do: nothing that reads a file, a setting, a clock or chance, and nothing that repeats, pads or replaces text.
/// </summary>
internal static class FilterVocabulary
{
    public const string Allowed = "A filter compares columns and constants, with AND, OR, NOT, BETWEEN, IN (list), LIKE, IS NULL, CASE, CAST and plain functions of text, numbers and dates.";

    public static readonly FrozenSet<string> Operators = Set(
        "OPERATOR_NOT OPERATOR_IS_NULL OPERATOR_IS_NOT_NULL COMPARE_IN COMPARE_NOT_IN OPERATOR_COALESCE OPERATOR_NULLIF OPERATOR_TRY ARRAY_EXTRACT STRUCT_EXTRACT");

    public static readonly FrozenSet<string> Types = Set(
        """
        BOOLEAN TINYINT SMALLINT INTEGER BIGINT HUGEINT UTINYINT USMALLINT UINTEGER UBIGINT FLOAT DOUBLE DECIMAL VARCHAR UUID
        DATE TIME TIMESTAMP TIMESTAMP_S TIMESTAMP_MS TIMESTAMP_NS INTERVAL
        """,
        "TIMESTAMP WITH TIME ZONE",
        "TIME WITH TIME ZONE");

    public static readonly FrozenSet<string> Functions = Set(
        """
        + - * / // % ** ^ @ || ~~ !~~ ~~* !~~* ~~~ ->>
        like_escape not_like_escape ilike_escape not_ilike_escape regexp_matches regexp_full_match
        lower upper lcase ucase trim ltrim rtrim length len strlen left right substring substr reverse concat concat_ws contains prefix suffix
        starts_with ends_with position instr strpos split_part string_split regexp_extract ascii unicode md5 sha256 strip_accents
        abs ceil ceiling floor round trunc sign sqrt cbrt ln log log2 log10 exp pow power mod fmod add subtract multiply divide greatest least isnan isinf isfinite
        nullif ifnull
        date_part datepart date_trunc datetrunc date_diff datediff date_add date_sub year quarter month week day hour minute second dayofweek isodow dayofyear
        weekofyear last_day strftime strptime try_strptime make_date make_timestamp epoch epoch_ms timezone
        to_years to_months to_weeks to_days to_hours to_minutes to_seconds
        list_value list_contains list_has array_contains array_has list_position array_length struct_extract map_contains json_extract_string json_array_length
        """);

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["SUBQUERY"] = "A subquery",
        ["STAR"] = "A star",
        ["WINDOW"] = "A window function",
        ["PARAMETER"] = "A parameter",
        ["LAMBDA"] = "A lambda",
        ["POSITIONAL_REFERENCE"] = "A reference by position",
        ["COLLATE"] = "COLLATE",
        ["DEFAULT"] = "DEFAULT",
    }.ToFrozenDictionary();

    /// <summary>A node's kind in a person's words.</summary>
    public static string Describe(string kind, string type) => Names.GetValueOrDefault(kind, $"{kind} {type}".Trim());

    private static FrozenSet<string> Set(string words, params IEnumerable<string> phrases) =>
        words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Concat(phrases).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
