using System.Buffers;
using Mirion.Generation.FakeDatabricks.Sql.Engine;

namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <summary>A column that a statement defines.</summary>
internal sealed record ColumnDdl(string Name, DataType Type, bool Nullable, string? Comment)
{
    // Without column mapping, a name must do for Parquet.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(" ,;{}()\n\t=");

    /// <summary>The column, which Delta takes.</summary>
    public string DuckDb => !Name.AsSpan().ContainsAny(Forbidden)
        ? $"{DuckDbText.Quote(Name)} {Type.DuckDb}{(Nullable ? string.Empty : " NOT NULL")}"
        : throw new SqlFailure("DELTA_INVALID_CHARACTERS_IN_COLUMN_NAMES", "42K05", $"Found invalid character(s) among ' ,;{{}}()\\n\\t=' in the column names of your schema. Invalid column names: {Name}");

    /// <summary>The statement that gives it its comment.</summary>
    public string Commented(TableName table) => $"COMMENT ON COLUMN {table.DuckDb}.{DuckDbText.Quote(Name)} IS {(Comment is null ? "NULL" : DuckDbText.Literal(Comment))}";
}

/// <summary>Reads the columns of a table with its informational constraints.</summary>
internal sealed class TableColumns(TokenReader tokens)
{
    private readonly List<ColumnDdl> _columns = [];

    public IReadOnlyList<ColumnDdl> All => _columns;

    public IReadOnlyList<DataField> Fields => [.. _columns.Select(column => new DataField(column.Name, column.Type))];

    public void Read()
    {
        var keys = new List<string>();
        tokens.InParentheses(() =>
        {
            if (tokens.AtAny("CONSTRAINT", "PRIMARY")) keys.AddRange(PrimaryKey());
            else _columns.Add(Column());
            return true;
        });
        if (_columns.GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
        {
            throw new SqlFailure("COLUMN_ALREADY_EXISTS", "42711", $"The column `{twice}` already exists. Choose another name or rename the existing column");
        }

        foreach (var key in keys)
        {
            if (_columns.Find(column => column.Name.Equals(key, StringComparison.OrdinalIgnoreCase)) is not { Nullable: false })
            {
                throw new SqlFailure("UC_PRIMARY_KEY_ON_NULLABLE_COLUMNS", "42000", $"Cannot create the primary key because its child column(s) `{key}` is nullable");
            }
        }
    }

    /// <summary>One column.</summary>
    public ColumnDdl Column()
    {
        var column = new ColumnDdl(tokens.Name(), tokens.Type(), Nullable: true, Comment: null);
        while (true)
        {
            if (tokens.Try("NOT", "NULL")) column = column with { Nullable = false };
            else if (tokens.Try("COMMENT")) column = column with { Comment = tokens.String() };
            else return column;
        }
    }

    private IReadOnlyList<string> PrimaryKey()
    {
        if (tokens.Try("CONSTRAINT")) tokens.Name();
        tokens.Expect("PRIMARY", "KEY");
        var columns = tokens.InParentheses(tokens.Name);
        tokens.Try("RELY");
        return columns;
    }
}

/// <summary>Reads what stands behind the columns of CREATE TABLE, in any order.</summary>
internal sealed class TableClauses(TokenReader tokens)
{
    private const int MostClusteringColumns = 4;

    public string? Comment { get; private set; }

    public IReadOnlyList<string> ClusteredBy { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Properties { get; private set; } = new Dictionary<string, string>();

    public void Read()
    {
        while (true)
        {
            if (tokens.Try("USING")) Delta();
            else if (tokens.Try("COMMENT")) Comment = tokens.String();
            else if (tokens.Try("TBLPROPERTIES")) Properties = ReadProperties(tokens);
            else if (tokens.Try("CLUSTER", "BY")) ClusteredBy = Clustering(tokens);
            else return;
        }
    }

    public static IReadOnlyDictionary<string, string> ReadProperties(TokenReader tokens) => tokens.InParentheses(() =>
    {
        var key = tokens.TryString(out var text) ? text : string.Join('.', tokens.Names());
        tokens.Try("=");
        return (key, Value: tokens.Current.Kind is TokenKind.Word or TokenKind.Number ? tokens.Take().Text : tokens.String());
    }).ToDictionary(pair => pair.key, pair => pair.Value);

    public static IReadOnlyList<string> Clustering(TokenReader tokens) => tokens.Try("AUTO") || tokens.Try("NONE") ? [] : tokens.InParentheses(tokens.Name);

    /// <summary>Refuses clustering that Delta would refuse.</summary>
    public void Check(IReadOnlyList<DataField> columns)
    {
        if (ClusteredBy.Count > MostClusteringColumns)
        {
            throw new SqlFailure("DELTA_CLUSTER_BY_INVALID_NUM_COLUMNS", "54000", "CLUSTER BY for Liquid clustering supports up to 4 clustering columns");
        }

        foreach (var name in ClusteredBy)
        {
            var column = columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw SqlFailure.Column(name);
            if (column.Type.IsComplex || column.Type.Name is "VARIANT" or "BINARY" or "BOOLEAN")
            {
                throw new SqlFailure("DELTA_CLUSTERING_COLUMNS_DATATYPE_NOT_SUPPORTED", "0A000", $"CLUSTER BY is not supported because the following column(s): {name} : {column.Type.Ddl} don't support data skipping");
            }
        }
    }

    private void Delta()
    {
        var format = tokens.Name();
        if (!format.Equals("DELTA", StringComparison.OrdinalIgnoreCase)) throw new SqlFailure("UC_DATASOURCE_NOT_SUPPORTED", "0AKUC", $"Data source format {format} is not supported in Unity Catalog");
    }
}
