using System.Globalization;
using Mirion.Generation.FakeDatabricks.Sql.Engine;

namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <summary>A field of a struct, or a column.</summary>
internal sealed record DataField(string Name, DataType Type);

/// <summary>A type of Databricks SQL.</summary>
/// <param name="Name">Its name in DDL, without parameters: <c>BIGINT</c>, <c>ARRAY</c>.</param>
internal sealed record DataType(string Name)
{
    public static readonly DataType Text = new("STRING");
    public static readonly DataType Variant = new("VARIANT");
    public static readonly DataType Long = new("BIGINT");

    // What stands in for each type in DuckDB. TIMESTAMP is a moment. A VARIANT is a struct around the JSON that parse_json made, so that nothing takes it for a text.
    private static readonly Dictionary<string, (string DuckDb, string Wire)> Plain = new()
    {
        ["STRING"] = ("VARCHAR", "STRING"),
        ["BOOLEAN"] = ("BOOLEAN", "BOOLEAN"),
        ["TINYINT"] = ("TINYINT", "BYTE"),
        ["SMALLINT"] = ("SMALLINT", "SHORT"),
        ["INT"] = ("INTEGER", "INT"),
        ["BIGINT"] = ("BIGINT", "LONG"),
        ["FLOAT"] = ("FLOAT", "FLOAT"),
        ["DOUBLE"] = ("DOUBLE", "DOUBLE"),
        ["DATE"] = ("DATE", "DATE"),
        ["TIMESTAMP"] = ("TIMESTAMP WITH TIME ZONE", "TIMESTAMP"),
        ["TIMESTAMP_NTZ"] = ("TIMESTAMP", "TIMESTAMP_NTZ"),
        ["BINARY"] = ("BLOB", "BINARY"),
        ["VARIANT"] = ("STRUCT(\"$variant\" VARCHAR)", "VARIANT"),
        ["VOID"] = ("\"NULL\"", "NULL"),
        ["INTERVAL"] = ("INTERVAL", "INTERVAL"),
    };

    /// <summary>The element of an array; key and value of a map; the fields of a struct.</summary>
    public IReadOnlyList<DataField> Fields { get; init; } = [];

    public int Precision { get; init; } = 10;

    public int Scale { get; init; }

    public static bool IsPlain(string name) => Plain.ContainsKey(name);

    public static DataType Array(DataType element) => new("ARRAY") { Fields = [new("element", element)] };

    public static DataType Map(DataType key, DataType value) => new("MAP") { Fields = [new("key", key), new("value", value)] };

    public static DataType Struct(IReadOnlyList<DataField> fields) => new("STRUCT") { Fields = fields };

    /// <summary>The type of Databricks that a type of DuckDB stands in for.</summary>
    public static DataType OfDuckDb(string name) => new(name switch
    {
        "HUGEINT" => "BIGINT",
        "UUID" => "STRING",
        _ => Plain.FirstOrDefault(type => type.Value.DuckDb == name).Key ?? throw new InvalidOperationException($"No type of Databricks has {name} for it."),
    });

    public bool IsComplex => Name is "ARRAY" or "MAP" or "STRUCT";

    public bool IsNumber => Name is "TINYINT" or "SMALLINT" or "INT" or "BIGINT" or "FLOAT" or "DOUBLE" or "DECIMAL";

    /// <summary>What <c>type_name</c> of a column says.</summary>
    public string WireName => IsComplex || Name == "DECIMAL" ? Name : Plain[Name].Wire;

    /// <summary>As DDL spells it, and <c>type_text</c> of a column.</summary>
    public string Ddl => Name switch
    {
        "DECIMAL" => string.Create(CultureInfo.InvariantCulture, $"DECIMAL({Precision},{Scale})"),
        "ARRAY" => $"ARRAY<{Fields[0].Type.Ddl}>",
        "MAP" => $"MAP<{Fields[0].Type.Ddl}, {Fields[1].Type.Ddl}>",
        "STRUCT" => $"STRUCT<{string.Join(", ", Fields.Select(part => $"{part.Name}: {part.Type.Ddl}"))}>",
        _ => Name,
    };

    /// <summary>The type that stands in for it in DuckDB.</summary>
    public string DuckDb => Name switch
    {
        "DECIMAL" => string.Create(CultureInfo.InvariantCulture, $"DECIMAL({Precision},{Scale})"),
        "ARRAY" => $"{Fields[0].Type.DuckDb}[]",
        "MAP" => $"MAP({Fields[0].Type.DuckDb}, {Fields[1].Type.DuckDb})",
        "STRUCT" => $"STRUCT({string.Join(", ", Fields.Select(part => $"{DuckDbText.Quote(part.Name)} {part.Type.DuckDb}"))})",
        _ => Plain[Name].DuckDb,
    };
}
