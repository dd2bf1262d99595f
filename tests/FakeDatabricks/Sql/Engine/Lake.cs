using System.Text;
using DuckDB.NET.Data;
using Mirion.Generation.FakeDatabricks.Sql.Dialect;

namespace Mirion.Generation.FakeDatabricks.Sql.Engine;

/// <summary>A column as the catalog describes it.</summary>
internal sealed record LakeColumn(string Name, DataType Type, bool Nullable, string? Comment);

/// <summary>The tables of a workspace: each catalog a database in memory, all behind one connection, which one statement has at a time.</summary>
internal sealed class Lake : ITables, IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private readonly Lock _interrupting = new();
    private readonly string _folder;
    private DuckDBCommand? _running;

    /// <summary>An empty one.</summary>
    /// <param name="folder">The folder that has <c>Volumes</c> in it.</param>
    public Lake(string folder)
    {
        _folder = folder;
        _connection.Open();
        Run("SET TimeZone = 'UTC'; SET autoinstall_known_extensions = false; SET autoload_known_extensions = false");
        Routines.Define(_connection);
        AddCatalog("main");
        AddSchema("main", "default");
        AddSchema("main", "mirion");
    }

    /// <summary>What is known about tables beside their columns, by full name.</summary>
    public Dictionary<string, TableDetails> Details { get; } = [];

    public bool HasCatalog(string catalog) => Query($"SELECT '1' FROM duckdb_databases() WHERE database_name = {Space(catalog)} AND NOT internal").Count > 0;

    public bool HasSchema(string catalog, string schema) =>
        Query($"SELECT '1' FROM duckdb_schemas() WHERE database_name = {Space(catalog)} AND schema_name = {Space(schema)}").Count > 0;

    public bool Has(TableName table) => Columns(table).Count > 0;

    public IReadOnlyList<DataField> Columns(TableName table) => [.. Describe(table).Select(column => new DataField(column.Name, column.Type))];

    /// <summary>The columns of a table or view, in order; none if there is no such table.</summary>
    public IReadOnlyList<LakeColumn> Describe(TableName table) =>
    [
        .. Query($"""
            SELECT column_name, data_type, CAST(is_nullable AS VARCHAR), comment FROM duckdb_columns() WHERE {In(table)} AND lower(table_name) = {Text(table.Name)}
            ORDER BY column_index
            """).Select(row => new LakeColumn(row[0]!, DuckDbTypes.Parse(row[1]!), row[2] == "true", row[3])),
    ];

    public string? CommentOf(TableName table) => Query($"SELECT comment FROM duckdb_tables() WHERE {In(table)} AND lower(table_name) = {Text(table.Name)}")
        .Select(row => row[0]).FirstOrDefault();

    public bool IsView(TableName table) => Query($"SELECT '1' FROM duckdb_views() WHERE {In(table)} AND lower(view_name) = {Text(table.Name)}").Count > 0;

    public void AddCatalog(string catalog)
    {
        if (!HasCatalog(catalog)) Run($"ATTACH ':memory:' AS {DuckDbText.Quote(DuckDbText.Space(catalog))}");
    }

    public void AddSchema(string catalog, string schema) => Run($"CREATE SCHEMA IF NOT EXISTS {SchemaName(catalog, schema)}");

    public void DropSchema(string catalog, string schema) => Run($"DROP SCHEMA IF EXISTS {SchemaName(catalog, schema)} CASCADE");

    /// <summary>Makes a volume, unless it is there.</summary>
    public bool AddVolume(TableName name)
    {
        var path = Path.Combine(_folder, "Volumes", name.Catalog, name.Schema, name.Name);
        if (Directory.Exists(path)) return false;
        Directory.CreateDirectory(path);
        return true;
    }

    /// <summary>Runs statements that answer nothing, and says how many rows they wrote.</summary>
    public int Run(string sql, IReadOnlyDictionary<string, string?>? parameters = null)
    {
        using var command = Command(sql, parameters);
        return Guarded(command.ExecuteNonQuery);
    }

    /// <summary>The rows of a query whose columns are all texts.</summary>
    public IReadOnlyList<string?[]> Query(string sql, IReadOnlyDictionary<string, string?>? parameters = null)
    {
        using var command = Command(sql, parameters);
        return Guarded(() =>
        {
            using var reader = command.ExecuteReader();
            var rows = new List<string?[]>();
            while (reader.Read())
            {
                var row = new string?[reader.FieldCount];
                for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : reader.GetString(i);
                rows.Add(row);
            }

            return rows;
        });
    }

    /// <summary>The columns that a query has.</summary>
    public IReadOnlyList<DataField> TypesOf(string query, IReadOnlyDictionary<string, string?> parameters) =>
        [.. Query($"DESCRIBE {query}", parameters).Select(row => new DataField(row[0]!, DuckDbTypes.Parse(row[1]!)))];

    /// <summary>Puts rows of texts into a new temporary table.</summary>
    public void Fill(string table, IReadOnlyList<string> columns, IEnumerable<string?[]> rows)
    {
        Run($"CREATE OR REPLACE TEMP TABLE {table} ({string.Join(", ", columns.Select(column => $"{DuckDbText.Quote(column)} VARCHAR"))})");
        using var appender = _connection.CreateAppender("temp", "main", table);
        foreach (var row in rows)
        {
            var appended = appender.CreateRow();
            foreach (var value in row) _ = value is null ? appended.AppendNullValue() : appended.AppendValue(Encoding.UTF8.GetBytes(value));
            appended.EndRow();
        }

        appender.Close();
    }

    /// <summary>Stops what is running, unless it is a rollback.</summary>
    public void Interrupt()
    {
        lock (_interrupting) _running?.Cancel();
    }

    /// <summary>Takes back what a transaction did. It cannot be interrupted: the transaction would stay, and fail the statement after it.</summary>
    public void RollBack()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "ROLLBACK";
        Interruptible(null);
        Guarded(command.ExecuteNonQuery);
    }

    public void Dispose() => _connection.Dispose();

    private static string In(TableName table) => $"database_name = {Space(table.Catalog)} AND schema_name = {Space(table.Schema)}";

    private static string SchemaName(string catalog, string schema) => $"{DuckDbText.Quote(DuckDbText.Space(catalog))}.{DuckDbText.Quote(DuckDbText.Space(schema))}";

    private static string Space(string name) => Text(DuckDbText.Space(name));

    private static string Text(string text) => DuckDbText.Literal(text);

    private DuckDBCommand Command(string sql, IReadOnlyDictionary<string, string?>? parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters ?? new Dictionary<string, string?>())
        {
            if (sql.Contains($"${name}", StringComparison.Ordinal)) command.Parameters.Add(new DuckDBParameter(name, value is null ? null : Encoding.UTF8.GetBytes(value)));
        }

        Interruptible(command);
        return command;
    }

    // An interrupt stops whatever the connection does: once this returns, none is on its way to anything but the command.
    private void Interruptible(DuckDBCommand? command)
    {
        lock (_interrupting) _running = command;
    }

    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (DuckDBException e)
        {
            throw new LakeTrouble(e);
        }
    }
}
