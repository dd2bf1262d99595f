using Mirion.Generation.FakeDatabricks.Sql.Engine;

namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <summary>The full name of a table; Unity Catalog knows names in lower case.</summary>
internal readonly record struct TableName(string Catalog, string Schema, string Name)
{
    /// <summary>As DuckDB spells it.</summary>
    public string DuckDb => $"{DuckDbText.Quote(DuckDbText.Space(Catalog))}.{DuckDbText.Quote(DuckDbText.Space(Schema))}.{DuckDbText.Quote(Name)}";

    /// <summary>As the API names it.</summary>
    public string FullName => $"{Catalog}.{Schema}.{Name}";

    /// <summary>As messages name it.</summary>
    public override string ToString() => $"`{Catalog}`.`{Schema}`.`{Name}`";

    /// <summary>The name that <paramref name="parts"/> are, with a statement's defaults for what they leave out.</summary>
    public static TableName Of(IReadOnlyList<string> parts, string catalog, string schema)
    {
        var lower = parts.Select(part => part.ToLowerInvariant()).ToList();
        return lower.Count switch
        {
            1 => new TableName(catalog, schema, lower[0]),
            2 => new TableName(catalog, lower[0], lower[1]),
            3 => new TableName(lower[0], lower[1], lower[2]),
            _ => throw new SqlFailure("REQUIRES_SINGLE_PART_NAMESPACE", "42K05", $"A table has a name of at most three parts, but got {string.Join('.', parts)}"),
        };
    }
}
