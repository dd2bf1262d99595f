using Mirion.Generation.FakeDatabricks.Sql.Engine;

namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <summary>Reads CREATE TABLE, VIEW, SCHEMA, CATALOG and VOLUME.</summary>
internal sealed class Creations(TokenReader tokens, StatementScope scope, Queries queries)
{
    public Plan Read()
    {
        tokens.Expect("CREATE");
        var replace = tokens.Try("OR", "REPLACE");
        if (tokens.Try("TABLE")) return Table(replace);
        if (tokens.Try("VIEW")) return View(replace);
        if (replace) throw tokens.Unexpected();
        if (tokens.Try("SCHEMA") || tokens.Try("DATABASE")) return Schema();
        if (tokens.Try("CATALOG")) return Catalog();
        if (tokens.Try("VOLUME")) return Volume();
        throw tokens.Unexpected();
    }

    private CatalogPlan Table(bool replace)
    {
        var lenient = IfNotExists();
        var name = scope.Name(tokens.Names());
        var columns = new TableColumns(tokens);
        if (tokens.At("(")) columns.Read();
        var clauses = new TableClauses(tokens);
        clauses.Read();
        var query = tokens.Try("AS") || tokens.AtAny("SELECT", "WITH") ? queries.Read() : null;
        if (query is null && columns.All.Count == 0) throw tokens.Unexpected();
        var now = scope.Now;
        var bound = scope.Bound;
        return new CatalogPlan(lake =>
        {
            Reached(lake, name.Catalog, name.Schema);
            if (lake.Has(name) && lenient) return;
            if (lake.Has(name) && !replace) throw Exists(name);
            clauses.Check(query is null ? columns.Fields : lake.TypesOf(query, bound));
            var definition = query is null ? $"({string.Join(", ", columns.All.Select(column => column.DuckDb))})" : $"AS {query}";
            lake.Run($"CREATE OR REPLACE TABLE {name.DuckDb} {definition}", bound);
            lake.Details[name.FullName] = new TableDetails(clauses.Properties, clauses.ClusteredBy, now);
            if (clauses.Comment is { } comment) lake.Run($"COMMENT ON TABLE {name.DuckDb} IS {DuckDbText.Literal(comment)}");
            foreach (var column in columns.All.Where(column => column.Comment is not null)) lake.Run(column.Commented(name));
        });
    }

    private CatalogPlan View(bool replace)
    {
        var lenient = IfNotExists();
        var name = scope.Name(tokens.Names());
        var columns = tokens.At("(") ? $" ({string.Join(", ", tokens.InParentheses(tokens.Name).Select(DuckDbText.Quote))})" : string.Empty;
        if (tokens.Try("COMMENT")) tokens.String();
        tokens.Expect("AS");
        var query = queries.Read();
        return new CatalogPlan(lake =>
        {
            Reached(lake, name.Catalog, name.Schema);
            if (lake.Has(name) && lenient) return;
            if (lake.Has(name) && !replace) throw Exists(name);
            lake.Run($"CREATE OR REPLACE VIEW {name.DuckDb}{columns} AS {query}");
        });
    }

    private CatalogPlan Schema()
    {
        var lenient = IfNotExists();
        var (catalog, schema) = scope.SchemaName(tokens.Names());
        if (tokens.Try("COMMENT")) tokens.String();
        return new CatalogPlan(lake =>
        {
            if (!lake.HasCatalog(catalog)) throw SqlFailure.Catalog(catalog);
            if (lake.HasSchema(catalog, schema) && !lenient) throw new SqlFailure("SCHEMA_ALREADY_EXISTS", "42P06", $"Cannot create schema `{schema}` because it already exists");
            lake.AddSchema(catalog, schema);
        });
    }

    private CatalogPlan Catalog()
    {
        var lenient = IfNotExists();
        var catalog = tokens.Name().ToLowerInvariant();
        if (tokens.Try("COMMENT")) tokens.String();
        return new CatalogPlan(lake =>
        {
            if (lake.HasCatalog(catalog) && !lenient) throw new SqlFailure("CATALOG_ALREADY_EXISTS", "42710", $"Catalog `{catalog}` already exists");
            lake.AddCatalog(catalog);
            lake.AddSchema(catalog, "default");
        });
    }

    private CatalogPlan Volume()
    {
        var lenient = IfNotExists();
        var name = scope.Name(tokens.Names());
        if (tokens.Try("COMMENT")) tokens.String();
        return new CatalogPlan(lake =>
        {
            Reached(lake, name.Catalog, name.Schema);
            if (!lake.AddVolume(name) && !lenient) throw new SqlFailure("VOLUME_ALREADY_EXISTS", "42000", $"Cannot create volume {name} because it already exists");
        });
    }

    private bool IfNotExists() => tokens.Try("IF", "NOT", "EXISTS");

    private static void Reached(Lake lake, string catalog, string schema)
    {
        if (!lake.HasCatalog(catalog)) throw SqlFailure.Catalog(catalog);
        if (!lake.HasSchema(catalog, schema)) throw SqlFailure.Schema(catalog, schema);
    }

    private static SqlFailure Exists(TableName name) => new("TABLE_OR_VIEW_ALREADY_EXISTS", "42P07", $"Cannot create table or view {name} because it already exists");
}
