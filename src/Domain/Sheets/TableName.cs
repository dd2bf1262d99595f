using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Domain.Sheets;

/// <summary>The three-part name of a Unity Catalog table: <c>catalog.schema.table</c>.</summary>
public sealed record TableName
{
    private TableName(string catalog, string schema, string table) => (Catalog, Schema, Table) = (catalog, schema, table);

    /// <summary>The catalog.</summary>
    public string Catalog { get; }

    /// <summary>The schema.</summary>
    public string Schema { get; }

    /// <summary>The table within the schema.</summary>
    public string Table { get; }

    /// <summary>Reads <c>catalog.schema.table</c>; the message of a failure names <c>source_table</c>.</summary>
    public static Result<TableName> Parse(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 3 && parts.All(UnityCatalogName.IsValid)
            ? new TableName(parts[0], parts[1], parts[2])
            : Error.InvalidField("source_table", $"A table is named catalog.schema.table, each part {UnityCatalogName.Shape}.");
    }

    /// <inheritdoc />
    public override string ToString() => $"{Catalog}.{Schema}.{Table}";
}
