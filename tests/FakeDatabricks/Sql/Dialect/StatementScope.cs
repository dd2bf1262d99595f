using Mirion.Generation.FakeDatabricks.Sql.Engine;

namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <summary>A value that came with a statement.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Value">Its text; null for NULL.</param>
internal sealed record ParameterValue(DataType Type, string? Value);

/// <summary>Files that a statement reads as a table.</summary>
/// <param name="Path">The absolute path in the workspace.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Relation">The name that the statement in DuckDB has for the table.</param>
/// <param name="FailsFast">Whether what does not go with the columns fails the statement; it is NULL otherwise.</param>
internal sealed record FileSource(string Path, IReadOnlyList<DataField> Columns, string Relation, bool FailsFast);

/// <summary>What a statement can see, and what it turned out to need.</summary>
internal sealed class StatementScope(
    string catalog, string schema, IReadOnlyDictionary<string, ParameterValue> parameters, ITables tables, DateTimeOffset now)
{
    private readonly Stack<HashSet<string>> _named = new([new HashSet<string>(StringComparer.OrdinalIgnoreCase)]);
    private readonly Dictionary<string, string> _bound = [];
    private readonly List<FileSource> _files = [];

    /// <summary>The moment that the whole statement has for the present.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>The parameters that are referred to, by their names in DuckDB.</summary>
    public IReadOnlyDictionary<string, string?> Bound => _bound.ToDictionary(bound => bound.Value, bound => parameters[bound.Key].Value);

    /// <summary>The files that are read.</summary>
    public IReadOnlyList<FileSource> Files => _files;

    /// <summary>The expression that has a parameter's value.</summary>
    public string Parameter(string name)
    {
        if (!parameters.TryGetValue(name, out var parameter)) throw SqlFailure.UnboundParameter(name);
        if (!_bound.TryGetValue(name, out var bound)) _bound[name] = bound = $"p{_bound.Count}";
        // Texts travel as UTF-8, since DuckDB.NET hands strings over up to their first NUL.
        var text = $"decode(CAST(${bound} AS BLOB))";
        return parameter.Type == DataType.Text ? text : $"CAST({text} AS {parameter.Type.DuckDb})";
    }

    /// <summary>The text of a parameter that must be known before the statement runs.</summary>
    public string? Constant(string name) => parameters.TryGetValue(name, out var parameter) ? parameter.Value : throw SqlFailure.UnboundParameter(name);

    /// <summary>The name of a table that need not be there.</summary>
    public TableName Name(IReadOnlyList<string> parts) => TableName.Of(parts, catalog, schema);

    /// <summary>The name of a schema.</summary>
    public (string Catalog, string Schema) SchemaName(IReadOnlyList<string> parts) => parts.Count switch
    {
        1 => (catalog, parts[0].ToLowerInvariant()),
        2 => (parts[0].ToLowerInvariant(), parts[1].ToLowerInvariant()),
        _ => throw new SqlFailure("REQUIRES_SINGLE_PART_NAMESPACE", "42K05", "A schema has a name of at most two parts"),
    };

    /// <summary>A table as DuckDB spells it.</summary>
    public TableName Table(IReadOnlyList<string> parts)
    {
        var name = Name(parts);
        return tables.Has(name) ? name : throw SqlFailure.Table(name);
    }

    /// <summary>A relation of a FROM clause: a common table expression, or a table.</summary>
    public string Relation(IReadOnlyList<string> parts) =>
        parts.Count == 1 && _named.Any(names => names.Contains(parts[0])) ? DuckDbText.Quote(parts[0]) : Table(parts).DuckDb;

    /// <summary>The columns of a table.</summary>
    public IReadOnlyList<DataField> Columns(TableName table) => tables.Columns(table);

    /// <summary>The columns of a table with what the catalog says of them.</summary>
    public IReadOnlyList<LakeColumn> Described(TableName table) => tables.Describe(table);

    /// <summary>The schema of names that have none.</summary>
    public (string Catalog, string Schema) DefaultSchema { get; } = (catalog, schema);

    /// <summary>A table of files, which the engine fills before the statement runs.</summary>
    public string ReadFiles(string path, IReadOnlyList<DataField> columns, bool failsFast)
    {
        var relation = $"files_{_files.Count}";
        _files.Add(new FileSource(path, columns, relation, failsFast));
        return $"temp.main.{relation}";
    }

    public void Open() => _named.Push(new HashSet<string>(StringComparer.OrdinalIgnoreCase));

    public void Define(string name) => _named.Peek().Add(name);

    public void Close() => _named.Pop();
}
