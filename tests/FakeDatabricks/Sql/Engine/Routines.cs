using DuckDB.NET.Data;

namespace Mirion.Generation.FakeDatabricks.Sql.Engine;

/// <summary>What functions of Databricks are made of where DuckDB has none like them.</summary>
internal static class Routines
{
    private const string IsVariant = """typeof(x) = 'STRUCT("$variant" VARCHAR)'""";

    // Both branches of a CASE must bind for every type; the one that typeof rules out is folded away.
    private static readonly string[] Macros =
    [
        $"dbx_raw(x) AS CASE WHEN {IsVariant} THEN json_extract_string(to_json(x), '$.\"$variant\"') ELSE CAST(x AS VARCHAR) END",
        """dbx_variant(t) AS CASE WHEN t IS NOT NULL THEN struct_pack("$variant" := t) END""",
        // The JSON of a variant, or a text that is JSON.
        "dbx_json(x) AS dbx_raw(x)",
        "dbx_path(x, path) AS dbx_variant(CAST(json_extract(dbx_json(x), path) AS VARCHAR))",
        $"dbx_plain(x) AS CASE WHEN {IsVariant} THEN json_extract_string(dbx_json(x), '$') ELSE CAST(x AS VARCHAR) END",
        $"""
        dbx_string(x) AS CASE WHEN typeof(x) = 'VARCHAR' THEN CAST(x AS VARCHAR) WHEN {IsVariant} THEN json_extract_string(dbx_json(x), '$')
            ELSE dbx_text(typeof(x), CAST(x AS VARCHAR)) END
        """,
        "dbx_binary(x) AS CASE WHEN typeof(x) = 'BLOB' THEN CAST(CAST(x AS VARCHAR) AS BLOB) ELSE encode(CAST(x AS VARCHAR)) END",
        $"dbx_to_variant(x) AS CASE WHEN {IsVariant} THEN dbx_variant(dbx_raw(x)) ELSE dbx_variant(dbx_parse_json('VARCHAR', CAST(to_json(x) AS VARCHAR))) END",
        "dbx_divide(a, b) AS CASE WHEN b = 0 THEN error('[DIVIDE_BY_ZERO] Division by zero. SQLSTATE: 22012') ELSE a / b END",
        "dbx_div(a, b) AS CASE WHEN b = 0 THEN error('[DIVIDE_BY_ZERO] Division by zero. SQLSTATE: 22012') ELSE CAST(a // b AS BIGINT) END",
        "dbx_modulo(a, b) AS CASE WHEN b = 0 THEN error('[REMAINDER_BY_ZERO] Remainder by zero. SQLSTATE: 22012') ELSE a % b END",
        "dbx_start(x) AS CASE WHEN x = 0 THEN 1 ELSE x END",
        "dbx_json_or_null(x) AS CASE WHEN json_valid(x) THEN x END",
    ];

    // The key of a map stands as it is, the place in an array counts from 0.
    private const string Offset = "dbx_offset(x VARCHAR) AS x, (x BIGINT) AS x + 1";

    /// <summary>Makes them known to a connection.</summary>
    public static void Define(DuckDBConnection connection)
    {
        Add("dbx_parse_json", VariantText.Parse);
        Add("dbx_try_parse_json", VariantText.TryParse);
        Add("dbx_to_json", TypedJson.ToJson);
        Add("dbx_text", Casts.Text);
        Add("dbx_typeof", (type, _) => DuckDbTypes.Parse(type).Ddl.ToLowerInvariant());
        Add("dbx_date_format", MomentFormat.Write);
        Add("dbx_parse_moment", MomentFormat.Read);
        AddCast("dbx_to_json_by", TypedJson.ToJson);
        AddCast("dbx_cast", Casts.Cast);
        AddCast("dbx_try_cast", Casts.TryCast);
        foreach (var macro in Macros.Append(Offset))
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"CREATE TEMP MACRO {macro}";
            command.ExecuteNonQuery();
        }

        // DuckDB calls them for NULLs too.
        void Add(string name, Func<string, string, string?> routine) => connection.RegisterScalarFunction<string?, string?, string?>(
            name, (first, second) => first is null || second is null ? null : routine(first, second));

        void AddCast(string name, Func<string, string, string, string?> routine) => connection.RegisterScalarFunction<string, string?, string?, string?>(
            name, (target, type, value) => type is null || value is null ? null : routine(target, type, value));
    }
}
