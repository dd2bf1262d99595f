namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>One of the product's own tables, defined once for every store.</summary>
/// <param name="name">Its name.</param>
/// <param name="comment">What a row of it is.</param>
/// <param name="key">
/// The columns it is unique on. No store is asked to enforce that: Delta does not, and an index costs DuckDB half of its speed. Every write
/// goes by the key instead.
/// </param>
/// <param name="columns">Its columns, in order.</param>
internal abstract class TableDefinition(string name, string comment, IReadOnlyList<string> key, IReadOnlyList<ColumnDefinition> columns)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>What a row of it is.</summary>
    public string Comment { get; } = comment;

    /// <summary>Its columns, in order.</summary>
    public IReadOnlyList<ColumnDefinition> Columns { get; } = columns;

    /// <summary>The columns by which a store that can do so keeps rows together, since they are asked for together; up to four, none of them JSON.</summary>
    public IReadOnlyList<ColumnDefinition> ClusterBy { get; protected init; } = [];

    /// <summary>
    /// Whether of two writers that add the same key at once one must be told. Where a store lets writers of different rows pass each other by, both would add theirs;
    /// a table that many write to at once, and one at a time to each key, is better off without.
    /// </summary>
    public bool IsContested { get; init; } = true;

    /// <summary>The columns it is unique on.</summary>
    public IReadOnlyList<ColumnDefinition> Key { get; } = [.. key.Select(part => columns.Single(column => column.Name == part))];

    /// <summary>The column of this name.</summary>
    public ColumnDefinition this[string column] => Columns.Single(candidate => candidate.Name == column);
}

/// <summary>A table whose rows are <typeparamref name="TRow"/>s.</summary>
/// <typeparam name="TRow">What a row of the table is.</typeparam>
internal sealed class TableDefinition<TRow>(string name, string comment, IReadOnlyList<string> key, IReadOnlyList<ColumnDefinition<TRow>> columns)
    : TableDefinition(name, comment, key, columns)
{
    /// <summary>
    /// The text column in whose ascending order rows are mostly added, among rows with the same first key column. A row above all others
    /// there is a new one, which a store may know without a look at the table.
    /// </summary>
    public string? GrowsBy { get; init; }

    /// <summary>The names of <see cref="TableDefinition.ClusterBy"/>.</summary>
    public IReadOnlyList<string> KeptTogetherBy
    {
        init => ClusterBy = Only(value);
    }

    /// <summary>Its columns, in order.</summary>
    public new IReadOnlyList<ColumnDefinition<TRow>> Columns { get; } = columns;

    /// <summary>The columns of these names.</summary>
    public IReadOnlyList<ColumnDefinition<TRow>> Only(params IEnumerable<string> names) =>
        [.. names.Select(name => Columns.Single(column => column.Name == name))];

    /// <summary>The columns but those of these names.</summary>
    public IReadOnlyList<ColumnDefinition<TRow>> Except(params IReadOnlyList<string> names) => [.. Columns.Where(column => !names.Contains(column.Name))];
}
