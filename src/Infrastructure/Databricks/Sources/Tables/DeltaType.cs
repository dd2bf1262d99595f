using System.Globalization;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Tables;

/// <summary>A type of Databricks SQL (docs.databricks.com/sql/language-manual/sql-ref-datatypes).</summary>
/// <param name="Name">Its name in capitals, without what stands in brackets: <c>DECIMAL</c>, <c>ARRAY</c>.</param>
/// <param name="Parts">What it is made of: an array's element, a map's key and value, a struct's fields.</param>
internal sealed record DeltaType(string Name, IReadOnlyList<DeltaField> Parts)
{
    /// <summary>All digits of a decimal.</summary>
    public int Precision { get; init; } = 10;

    /// <summary>The digits of a decimal behind the point.</summary>
    public int Scale { get; init; }

    /// <summary>Whether values are lists, dictionaries or JSON.</summary>
    public bool IsNested => Name is "ARRAY" or "MAP" or "STRUCT" or "VARIANT";

    /// <summary>The type with the same values in DuckDB, which types filters; null when there is none that could be filtered by.</summary>
    public string? DuckDb => Name switch
    {
        "STRING" => "VARCHAR",
        "INT" => "INTEGER",
        "TIMESTAMP" => "TIMESTAMP WITH TIME ZONE",
        "TIMESTAMP_NTZ" => "TIMESTAMP",
        "BOOLEAN" or "TINYINT" or "SMALLINT" or "BIGINT" or "FLOAT" or "DOUBLE" or "DATE" => Name,
        "DECIMAL" => string.Create(CultureInfo.InvariantCulture, $"DECIMAL({Precision},{Scale})"),
        "ARRAY" => Parts is [{ Type.DuckDb: { } element }] ? $"{element}[]" : null,
        "STRUCT" => Fields(),
        _ => null,
    };

    /// <summary>Reads the text of a type, as Unity Catalog gives it.</summary>
    public static DeltaType Parse(string text) => new DeltaTypeReader(text).Read();

    // A field of a type that DuckDB does not have is one that a filter cannot name.
    private string? Fields()
    {
        var fields = Parts.Where(field => field.Type.DuckDb is not null).Select(field => $"\"{field.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\" {field.Type.DuckDb}").ToArray();
        return fields.Length == 0 ? null : $"STRUCT({string.Join(", ", fields)})";
    }
}

/// <summary>A part of a nested type.</summary>
/// <param name="Name">A struct field's name; empty for a part that has none.</param>
/// <param name="Type">Its type.</param>
internal sealed record DeltaField(string Name, DeltaType Type);
