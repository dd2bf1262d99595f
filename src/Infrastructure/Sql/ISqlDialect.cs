namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>Where the stores' SQL differs.</summary>
internal interface ISqlDialect
{
    /// <summary>An identifier, quoted; the only way in which a name gets into a statement.</summary>
    string Quote(string identifier);

    /// <summary>A text literal.</summary>
    string Literal(string text);

    /// <summary>A table as statements name it.</summary>
    string Table(TableDefinition table);

    /// <summary>The store's type.</summary>
    string TypeOf(ColumnKind kind);

    /// <summary>The expression that has the value of a parameter, of the type that goes with <paramref name="kind"/>.</summary>
    string Parameter(string name, ColumnKind kind);

    /// <summary>A subquery whose one column holds the texts of a list.</summary>
    string Unnest(string list);

    /// <summary>The text at a place within a column of JSON; null where there is nothing.</summary>
    string JsonText(ColumnDefinition column, string path);

    /// <summary>A column in a SELECT, under its own name, in the form that the store's <see cref="SqlRow"/> reads.</summary>
    string Selected(ColumnDefinition column);

    /// <summary>The statements that create a table, with its comments, unless it is there.</summary>
    IEnumerable<SqlStatement> Create(TableDefinition table);

    /// <summary>The statements that add columns, which may be null, to a table there is; a store that cannot be asked to pass over those it has says so by failing.</summary>
    IEnumerable<SqlStatement> Add(TableDefinition table, IReadOnlyList<ColumnDefinition> columns);
}
