using Mirion.Generation.Infrastructure.Databricks.Catalog;
using Mirion.Generation.Infrastructure.Sources.Filters;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Tables;

/// <summary>A column of a table of Unity Catalog.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Name">Its name, exactly as the table has it.</param>
/// <param name="TypeText">Its type in the workspace's own words.</param>
/// <param name="Type">Its type.</param>
internal sealed record DeltaColumn(int Index, string Name, string TypeText, DeltaType Type) : FilterColumn(Index, Name)
{
    /// <summary>The column in a statement.</summary>
    public SqlName Sql => new(Name);

    /// <summary>An expression for its value as text; see <see cref="DeltaValues"/>.</summary>
    public SqlStatement Text => DeltaValues.Text(Sql, Type);

    /// <summary>Why its values have no text that could name an item; null when they have.</summary>
    public string? NoText => Type switch
    {
        { IsNested: true } => "has lists, structures or JSON",
        { Name: "FLOAT" or "DOUBLE" } => "has floating-point numbers, which are written in more than one way; name items by text, whole numbers or decimals",
        { Name: "STRING" or "BOOLEAN" or "TINYINT" or "SMALLINT" or "INT" or "BIGINT" or "DECIMAL" or "DATE" or "TIMESTAMP" or "TIMESTAMP_NTZ" or "BINARY" } => null,
        _ => $"is of type {TypeText}",
    };

    /// <summary>The columns of a table.</summary>
    public static IReadOnlyList<DeltaColumn> Of(CatalogTable table) =>
    [
        .. (table.Columns ?? []).OrderBy(column => column.Position)
            .Select((column, index) => new DeltaColumn(index, column.Name ?? "", column.TypeText ?? "", DeltaType.Parse(column.TypeText ?? ""))),
    ];
}
