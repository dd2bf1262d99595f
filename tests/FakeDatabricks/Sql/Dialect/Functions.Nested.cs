using Mirion.Generation.FakeDatabricks.Sql.Engine;

namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <content>Functions of JSON, arrays, maps and structs.</content>
internal static partial class Functions
{
    private static void AddNested()
    {
        Add("parse_json", 1, a => $"dbx_variant({Typed("dbx_parse_json", a[0])})");
        Add("try_parse_json", 1, a => $"dbx_variant({Typed("dbx_try_parse_json", a[0])})");
        Add("to_json", 1, 2, a => a.Count == 1
            ? $"dbx_to_json(typeof({a[0]}), CAST(to_json({a[0]}) AS VARCHAR))"
            : $"dbx_to_json_by(CAST(to_json({a[1]}) AS VARCHAR), typeof({a[0]}), CAST(to_json({a[0]}) AS VARCHAR))");
        Add("get_json_object", 2, a => $"json_extract_string(dbx_json_or_null({a[0]}), {a[1]})");
        Add("json_array_length", 1, a => $"CAST(json_array_length(dbx_json_or_null({a[0]})) AS INTEGER)");
        Add("json_object_keys", 1, a => $"json_keys(dbx_json_or_null({a[0]}))");
        Add("variant_get", 3, a => VariantGet(a, failing: true));
        Add("try_variant_get", 3, a => VariantGet(a, failing: false));
        Add("is_variant_null", 1, a => $"(dbx_json({a[0]}) = 'null')");
        Add("array", 0, Any, a => Call("list_value", a));
        Add("named_struct", 2, Any, NamedStruct);
        Add("map", 0, Any, a => $"MAP([{Every(a, 0)}], [{Every(a, 1)}])");
        Same("array_contains", 2, 2, "list_contains");
        Add("array_position", 2, a => $"CAST(coalesce(list_position({a[0]}, {a[1]}), 0) AS BIGINT)");
        Add("size cardinality array_size", 1, a => $"CAST(len({a[0]}) AS INTEGER)");
        Same("array_distinct", 1, 1, "list_distinct");
        Same("array_sort sort_array", 1, 1, "list_sort");
        Same("array_join", 2, 2, "array_to_string");
        Same("array_max", 1, 1, "list_max");
        Same("array_min", 1, 1, "list_min");
        Same("array_append", 2, 2, "list_append");
        Same("array_intersect", 2, 2, "list_intersect");
        Same("arrays_overlap", 2, 2, "list_has_any");
        Add("array_union", 2, a => $"list_distinct(list_concat({a[0]}, {a[1]}))");
        Same("flatten", 1, 1);
        Add("slice", 3, a => $"list_slice({a[0]}, {a[1]}, {a[1]} + {a[2]} - 1)");
        Add("get", 2, a => $"({a[0]})[{a[1]} + 1]");
        Add("element_at", 2, a => $"({a[0]})[{a[1]}]");
        Same("sequence", 2, 3, "generate_series");
        Same("map_keys map_values map_entries", 1, 1);
        Same("map_contains_key", 2, 2, "map_contains");
        Same("map_from_arrays", 2, 2, "map");
        Same("explode", 1, 1, "unnest");
        Add("inline", 1, a => $"unnest({a[0]}, max_depth := 2)");
    }

    private static string NamedStruct(IReadOnlyList<string> a)
    {
        var names = a.Where((_, i) => i % 2 == 0).ToList();
        if (a.Count % 2 != 0 || names.Exists(name => !name.StartsWith('\''))) throw SqlFailure.ArgumentCount("named_struct", a.Count);
        return Call("struct_pack", names.Select((name, i) => $"{DuckDbText.Quote(name[1..^1].Replace("''", "'", StringComparison.Ordinal))} := {a[(2 * i) + 1]}"));
    }

    private static string Every(IReadOnlyList<string> a, int offset) => string.Join(", ", a.Where((_, i) => i % 2 == offset));

    private static string VariantGet(IReadOnlyList<string> a, bool failing) => a[2].StartsWith('\'')
        ? Calls.Cast($"dbx_path({a[0]}, {a[1]})", TypeReader.Schema(a[2][1..^1]), failing)
        : throw new SqlFailure("DATATYPE_MISMATCH.NON_FOLDABLE_INPUT", "42K09", "The type of variant_get must be a constant");

    private static void AddAggregates()
    {
        Group("count sum avg min max median mode any_value first last max_by min_by count_if bool_and bool_or first_value last_value row_number rank dense_rank lag lead ntile percent_rank", null);
        Group("stddev stddev_samp", "stddev_samp");
        Group("stddev_pop", null);
        Group("variance var_samp", "var_samp");
        Group("var_pop", null);
        Group("mean", "avg");
        Group("every", "bool_and");
        Group("some any", "bool_or");
        Group("approx_count_distinct", "approx_count_distinct");
        Group("listagg string_agg", "string_agg");
        // They leave out NULLs, which DuckDB's do not.
        foreach (var name in new[] { "collect_list", "array_agg" }) All.Add(name, new Function(1, 1, a => $"list({a[0]}) FILTER (WHERE {Bare(a[0])} IS NOT NULL)", Aggregates: true));
        All.Add("collect_set", new Function(1, 1, a => $"list(DISTINCT {Bare(a[0])}) FILTER (WHERE {Bare(a[0])} IS NOT NULL)", Aggregates: true));
    }

    private static string Bare(string argument) => argument.StartsWith("DISTINCT ", StringComparison.Ordinal) ? argument["DISTINCT ".Length..] : argument;

    private static void Group(string names, string? duckDb)
    {
        foreach (var name in names.Split(' ')) All.Add(name, new Function(0, 3, a => Call(duckDb ?? name, a), Aggregates: true));
    }
}
