using System.Diagnostics.CodeAnalysis;
using Mirion.Generation.FakeDatabricks.Sql.Engine;

namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <summary>A function that Databricks has.</summary>
/// <param name="Fewest">How few arguments it takes.</param>
/// <param name="Most">How many arguments it takes.</param>
/// <param name="Write">The call, for DuckDB.</param>
/// <param name="Aggregates">Whether it takes DISTINCT, FILTER and OVER.</param>
internal sealed record Function(int Fewest, int Most, Func<IReadOnlyList<string>, string> Write, bool Aggregates = false);

/// <summary>
/// The functions of Databricks that statements here may call (docs.databricks.com/sql/language-manual/sql-ref-functions-builtin); every other is
/// unknown, so that none of DuckDB's gets through. Names with <c>dbx_</c> are defined in <see cref="Routines" />.
/// </summary>
internal static partial class Functions
{
    private const int Any = int.MaxValue;

    private static readonly Dictionary<string, Function> All = new(StringComparer.OrdinalIgnoreCase);

    static Functions()
    {
        AddText();
        AddNumbers();
        AddMoments();
        AddNested();
        AddAggregates();
    }

    public static bool TryFind(string name, [NotNullWhen(true)] out Function? function) => All.TryGetValue(name, out function);

    /// <summary>Whether an expression is plainly a text already.</summary>
    public static bool IsText(string value) => value.StartsWith("decode(CAST($", StringComparison.Ordinal) || (value.StartsWith('\'') && value.EndsWith('\''));

    // A call of a routine that goes by the type of its argument.
    private static string Typed(string routine, string value) => $"{routine}(typeof({value}), dbx_raw({value}))";

    private static void Add(string names, int fewest, int most, Func<IReadOnlyList<string>, string> write)
    {
        foreach (var name in names.Split(' ')) All.Add(name, new Function(fewest, most, write));
    }

    private static void Add(string names, int fewest, int most, Func<string, IReadOnlyList<string>, string> write)
    {
        foreach (var name in names.Split(' ')) Add(name, fewest, most, a => write(name, a));
    }

    private static void Add(string names, int count, Func<IReadOnlyList<string>, string> write) => Add(names, count, count, write);

    // Functions that DuckDB has under another name, or the same one.
    private static void Same(string names, int fewest, int most, string? duckDb = null)
    {
        foreach (var name in names.Split(' ')) All.Add(name, new Function(fewest, most, a => Call(duckDb ?? name, a)));
    }

    private static string Call(string name, IEnumerable<string> arguments) => $"{name}({string.Join(", ", arguments)})";

    private static void AddText()
    {
        Same("lower upper trim reverse ascii", 1, 1);
        Same("levenshtein", 2, 2);
        Add("ltrim rtrim", 1, 2, (name, a) => a.Count == 1 ? Call(name, a) : Call(name, a.Reverse()));
        Same("lcase", 1, 1, "lower");
        Same("ucase", 1, 1, "upper");
        Same("btrim", 1, 2, "trim");
        Same("length len char_length character_length", 1, 1, "length");
        Add("octet_length", 1, a => $"strlen({a[0]})");
        Add("substring substr", 2, 3, a => Call("substring", [a[0], $"dbx_start({a[1]})", .. a.Skip(2)]));
        Same("left right repeat split_part translate", 2, 3);
        Same("lpad rpad", 2, 3);
        // One NULL makes the whole NULL.
        Add("concat", 0, Any, a => a.Count == 0 ? "''" : $"({string.Join(" || ", a)})");
        Same("concat_ws", 1, Any);
        Add("replace", 2, 3, a => Call("replace", [a[0], a[1], a.Count > 2 ? a[2] : "''"]));
        Add("instr", 2, a => $"instr({a[0]}, {a[1]})");
        Add("locate position charindex", 2, a => $"instr({a[1]}, {a[0]})");
        Add("split", 2, 3, a => $"string_split_regex({a[0]}, {a[1]})");
        Same("startswith", 2, 2, "starts_with");
        Same("endswith", 2, 2, "ends_with");
        Same("contains", 2, 2);
        Same("chr char", 1, 1, "chr");
        Same("md5", 1, 1);
        Same("sha sha1", 1, 1, "sha1");
        Add("sha2", 2, a => $"sha256({a[0]})");
        Add("base64", 1, a => $"base64(dbx_binary({a[0]}))");
        Same("unbase64", 1, 1, "from_base64");
        Same("hex", 1, 1);
        Same("unhex", 1, 1);
        Add("regexp_like rlike regexp", 2, a => $"regexp_matches({a[0]}, {a[1]})");
        Add("regexp_extract", 2, 3, a => Call("regexp_extract", [a[0], a[1], a.Count > 2 ? a[2] : "1"]));
        Add("regexp_replace", 3, a => $"regexp_replace({a[0]}, {a[1]}, {a[2]}, 'g')");
        Same("uuid", 0, 0);
        Same("coalesce", 1, Any);
        Add("ifnull nvl", 2, a => Call("coalesce", a));
        Same("nullif", 2, 2);
        Add("nvl2", 3, a => $"(CASE WHEN {a[0]} IS NOT NULL THEN {a[1]} ELSE {a[2]} END)");
        Add("if iff", 3, a => $"(CASE WHEN {a[0]} THEN {a[1]} ELSE {a[2]} END)");
        Add("isnull", 1, a => $"({a[0]} IS NULL)");
        Add("isnotnull", 1, a => $"({a[0]} IS NOT NULL)");
        Add("string", 1, a => Calls.Cast(a[0], DataType.Text));
        Add("typeof", 1, a => Typed("dbx_typeof", a[0]));
    }

    private static void AddNumbers()
    {
        Same("abs sqrt cbrt exp ln log10 log2 sin cos tan atan isnan degrees radians", 1, 1);
        Add("sign signum", 1, a => $"CAST(sign({a[0]}) AS DOUBLE)");
        Add("ceil ceiling", 1, a => $"CAST(ceil({a[0]}) AS BIGINT)");
        Add("floor", 1, a => $"CAST(floor({a[0]}) AS BIGINT)");
        Same("round", 1, 2);
        Add("log", 1, 2, a => a.Count == 1 ? $"ln({a[0]})" : $"(ln({a[1]}) / ln({a[0]}))");
        Same("power pow", 2, 2, "pow");
        Add("mod", 2, a => $"dbx_modulo({a[0]}, {a[1]})");
        Add("pmod", 2, a => $"((({a[0]} % {a[1]}) + {a[1]}) % {a[1]})");
        Same("greatest least", 2, Any);
        Same("rand random", 0, 1, "random");
        Same("bit_count", 1, 1);
        Add("int", 1, a => Calls.Cast(a[0], new DataType("INT")));
        Add("bigint", 1, a => Calls.Cast(a[0], DataType.Long));
        Add("double", 1, a => Calls.Cast(a[0], new DataType("DOUBLE")));
        Add("boolean", 1, a => Calls.Cast(a[0], new DataType("BOOLEAN")));
        Add("try_divide", 2, a => $"(CASE WHEN {a[1]} <> 0 THEN {a[0]} / {a[1]} END)");
    }
}
