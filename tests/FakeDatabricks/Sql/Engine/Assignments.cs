using Mirion.Generation.FakeDatabricks.Sql.Dialect;

namespace Mirion.Generation.FakeDatabricks.Sql.Engine;

/// <summary>The rules for writing a value into a column of another type (docs.databricks.com/sql/language-manual/sql-ref-ansi-compliance, store assignment).</summary>
internal static class Assignments
{
    /// <summary>Refuses values that Databricks would not write, although DuckDB would.</summary>
    public static void Check(Lake lake, Assignment values, StatementScope scope)
    {
        var given = lake.TypesOf(values.Query, scope.Bound);
        if (given.Count != values.Columns.Count)
        {
            throw new SqlFailure(
                given.Count < values.Columns.Count ? "INSERT_COLUMN_ARITY_MISMATCH.NOT_ENOUGH_DATA_COLUMNS" : "INSERT_COLUMN_ARITY_MISMATCH.TOO_MANY_DATA_COLUMNS",
                "21S01",
                $"Cannot write to {values.Table}, the number of data columns does not go with the number of table columns");
        }

        var columns = lake.Columns(values.Table);
        foreach (var (name, value) in values.Columns.Zip(given))
        {
            var column = columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw SqlFailure.Column(name);
            if (!Fits(value.Type, column.Type) && !MayBeNull(value.Type, values.Query)) throw SqlFailure.UnsafeCast(name, value.Type.Ddl, column.Type.Ddl);
        }
    }

    // DuckDB gives out a plain NULL as an INTEGER.
    private static bool MayBeNull(DataType type, string query) => type.Name == "INT" && query.Contains("NULL", StringComparison.OrdinalIgnoreCase);

    private static bool Fits(DataType from, DataType to) => (from.Name, to.Name) switch
    {
        _ when from.Ddl == to.Ddl => true,
        ("VOID", _) => true,
        ("ARRAY" or "MAP" or "STRUCT", var name) when name == from.Name => from.Fields.Count == to.Fields.Count && from.Fields.Zip(to.Fields).All(pair => Fits(pair.First.Type, pair.Second.Type)),
        ("ARRAY" or "MAP" or "STRUCT" or "VARIANT", _) or (_, "ARRAY" or "MAP" or "STRUCT" or "VARIANT") => false,
        (_, "STRING") => true,
        ("DATE" or "TIMESTAMP" or "TIMESTAMP_NTZ", "DATE" or "TIMESTAMP" or "TIMESTAMP_NTZ") => true,
        _ => from.IsNumber && to.IsNumber,
    };
}
