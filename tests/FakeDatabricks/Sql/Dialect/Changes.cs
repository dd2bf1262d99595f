using Mirion.Generation.FakeDatabricks.Sql.Engine;

namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <summary>Reads ALTER, DROP and COMMENT ON.</summary>
internal sealed class Changes(TokenReader tokens, StatementScope scope)
{
    public CatalogPlan Read() => tokens.Take().Text.ToUpperInvariant() switch
    {
        "ALTER" => Alter(),
        "DROP" => Drop(),
        _ => Comment(),
    };

    private CatalogPlan Alter()
    {
        tokens.Expect("TABLE");
        var table = scope.Table(tokens.Names());
        if (tokens.Try("ADD", "COLUMN") || tokens.Try("ADD", "COLUMNS")) return AddColumns(table);
        if (tokens.Try("ALTER", "COLUMN")) return AlterColumn(table);
        if (tokens.Try("SET", "TBLPROPERTIES")) return Detail(table, TableClauses.ReadProperties(tokens), clusteredBy: null);
        if (tokens.Try("CLUSTER", "BY")) return Detail(table, new Dictionary<string, string>(), TableClauses.Clustering(tokens));
        throw tokens.Unexpected();
    }

    private CatalogPlan AddColumns(TableName table)
    {
        var reader = new TableColumns(tokens);
        var columns = tokens.At("(") ? tokens.InParentheses(reader.Column) : tokens.List(reader.Column);
        return new CatalogPlan(lake =>
        {
            foreach (var column in columns)
            {
                if (!column.Nullable) throw new SqlFailure("DELTA_NOT_NULL_COLUMN_NOT_FOUND_IN_TABLE", "42K09", $"NOT NULL is not supported in ALTER TABLE ADD COLUMNS: {column.Name}");
                if (lake.Columns(table).Any(there => there.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase)))
                {
                    throw new SqlFailure("FIELD_ALREADY_EXISTS", "42710", $"Cannot add column, because `{column.Name}` already exists");
                }

                lake.Run($"ALTER TABLE {table.DuckDb} ADD COLUMN {column.DuckDb}");
                if (column.Comment is not null) lake.Run(column.Commented(table));
            }
        });
    }

    private CatalogPlan AlterColumn(TableName table)
    {
        var name = tokens.Name();
        var column = scope.Columns(table).FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw SqlFailure.Column(name);
        if (tokens.Try("COMMENT"))
        {
            var definition = new ColumnDdl(column.Name, column.Type, Nullable: true, tokens.String());
            return new CatalogPlan(lake => lake.Run(definition.Commented(table)));
        }

        var change = tokens.Try("SET", "NOT", "NULL") ? "SET" : tokens.Try("DROP", "NOT", "NULL") ? "DROP" : throw tokens.Unexpected();
        return new CatalogPlan(lake => lake.Run($"ALTER TABLE {table.DuckDb} ALTER COLUMN {DuckDbText.Quote(column.Name)} {change} NOT NULL"));
    }

    private static CatalogPlan Detail(TableName table, IReadOnlyDictionary<string, string> properties, IReadOnlyList<string>? clusteredBy) => new(lake =>
    {
        var details = lake.Details[table.FullName];
        var all = new Dictionary<string, string>(details.Properties);
        foreach (var (key, value) in properties) all[key] = value;
        lake.Details[table.FullName] = details with { Properties = all, ClusteredBy = clusteredBy ?? details.ClusteredBy };
    });

    private CatalogPlan Drop()
    {
        var kind = tokens.Take().Text.ToUpperInvariant();
        var lenient = tokens.Try("IF", "EXISTS");
        var parts = tokens.Names();
        if (tokens.Try("CASCADE") || tokens.Try("RESTRICT"))
        {
            if (kind is not ("SCHEMA" or "DATABASE")) throw tokens.Unexpected();
        }

        return kind switch
        {
            "TABLE" or "VIEW" => DropTable(kind, scope.Name(parts), lenient),
            "SCHEMA" or "DATABASE" => DropSchema(scope.SchemaName(parts), lenient),
            _ => throw tokens.Unexpected(),
        };
    }

    private static CatalogPlan DropTable(string kind, TableName table, bool lenient) => new(lake =>
    {
        if (!lake.Has(table) && lenient) return;
        if (!lake.Has(table)) throw SqlFailure.Table(table);
        if (lake.IsView(table) != (kind == "VIEW")) throw new SqlFailure($"EXPECT_{kind}_NOT_{(kind == "VIEW" ? "TABLE" : "VIEW")}", "42809", $"{table} is no {kind.ToLowerInvariant()}");
        lake.Run($"DROP {kind} {table.DuckDb}");
        lake.Details.Remove(table.FullName);
    });

    private static CatalogPlan DropSchema((string Catalog, string Schema) name, bool lenient) => new(lake =>
    {
        if (!lake.HasSchema(name.Catalog, name.Schema) && !lenient) throw SqlFailure.Schema(name.Catalog, name.Schema);
        lake.DropSchema(name.Catalog, name.Schema);
    });

    private CatalogPlan Comment()
    {
        tokens.Expect("ON");
        var kind = tokens.Take().Text.ToUpperInvariant();
        var parts = tokens.Names();
        tokens.Expect("IS");
        var text = tokens.Try("NULL") ? "NULL" : DuckDbText.Literal(tokens.String());
        if (kind is "SCHEMA" or "DATABASE" or "CATALOG" or "VOLUME") return new CatalogPlan(_ => { });
        if (kind is not ("TABLE" or "COLUMN")) throw tokens.Unexpected();
        var table = scope.Table(kind == "TABLE" ? parts : [.. parts.SkipLast(1)]);
        if (kind == "TABLE") return new CatalogPlan(lake => lake.Run($"COMMENT ON {(lake.IsView(table) ? "VIEW" : "TABLE")} {table.DuckDb} IS {text}"));
        return new CatalogPlan(lake => lake.Run($"COMMENT ON COLUMN {table.DuckDb}.{DuckDbText.Quote(parts[^1])} IS {text}"));
    }
}
