namespace Mirion.Generation.Domain.Sheets;

/// <summary>
/// What Unity Catalog accepts as the name of a catalog, schema, table or volume: no period, space, slash or control
/// character, at most 255 characters (Databricks, "Names": object names). Quotes are refused as well.
/// </summary>
internal static class UnityCatalogName
{
    public const string Shape = "1 to 255 characters without '.', '/', '\\', quotes, white space or control characters";

    public static bool IsValid(string name) => name.Length is > 0 and <= 255 && !name.Any(IsForbidden);

    private static bool IsForbidden(char c) =>
        c is '.' or '/' or '\\' or '"' or '\'' or '`' || char.IsWhiteSpace(c) || char.IsControl(c);
}
