namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>A type as DuckDB writes it.</summary>
/// <param name="Name">Its name, such as <c>DECIMAL</c>; <c>LIST</c> for lists and arrays.</param>
/// <param name="Parts">What it is made of: a list's element, a map's key and value, a struct's fields.</param>
internal sealed record DuckDbType(string Name, IReadOnlyList<DuckDbField> Parts)
{
    /// <summary>Reads the text of a type, as <c>DESCRIBE</c> gives it.</summary>
    public static DuckDbType Parse(string text) => new DuckDbTypeReader(text).Read();
}

/// <summary>A part of a nested type.</summary>
/// <param name="Name">A struct field's name; empty for a part that has none.</param>
/// <param name="Type">Its type.</param>
internal sealed record DuckDbField(string Name, DuckDbType Type);
