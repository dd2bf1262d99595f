namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>The statements that follow from a table's definition, in the SQL that DuckDB and Databricks share.</summary>
internal static class TableSql
{
    /// <summary>Every column of the rows that meet <paramref name="condition"/>.</summary>
    public static SqlStatement Select(this TableDefinition table, SqlStatement condition) =>
        SqlStatement.Of($"SELECT {new SqlSelection(table.Columns)} FROM {table} WHERE {condition}");

    /// <summary>Adds a row unless its key is taken; writes no row then.</summary>
    public static SqlStatement InsertIfAbsent<TRow>(this TableDefinition<TRow> table, TRow row)
    {
        var values = SqlStatement.List(table.Columns.Select(column => SqlStatement.Of($"{column.Of(row)} AS {column}")));
        return SqlStatement.Of($"""
            MERGE INTO {table} AS t USING (SELECT {values}) AS s ON {table.SameKey()}
            WHEN NOT MATCHED THEN INSERT ({table.Columns}) VALUES ({From(table.Columns)})
            """);
    }

    /// <summary>Writes every staged row: in the place of the one that has its key, or as a new one.</summary>
    /// <param name="table">The table.</param>
    /// <param name="staged">The rows.</param>
    /// <param name="where">What is known of the rows <c>t</c> that may have the key of a staged one, so that a store looks at no others.</param>
    public static SqlStatement Put<TRow>(this TableDefinition<TRow> table, SqlStaged staged, SqlStatement where)
    {
        var settings = SqlStatement.List(table.Columns.Except(table.Key).Select(column => SqlStatement.Of($"{column} = s.{column}")));
        return SqlStatement.Of($"""
            MERGE INTO {table} AS t USING {staged} AS s ON {where} AND {table.SameKey()}
            WHEN MATCHED THEN UPDATE SET {settings}
            WHEN NOT MATCHED THEN INSERT ({table.Columns}) VALUES ({From(table.Columns)})
            """);
    }

    /// <summary>Sets columns of the rows that meet <paramref name="condition"/> to the values of <paramref name="row"/>.</summary>
    public static SqlStatement Update<TRow>(
        this TableDefinition<TRow> table, TRow row, IReadOnlyList<ColumnDefinition<TRow>> columns, SqlStatement condition)
    {
        var settings = SqlStatement.List(columns.Select(column => SqlStatement.Of($"{column} = {column.Of(row)}")));
        return SqlStatement.Of($"UPDATE {table} SET {settings} WHERE {condition}");
    }

    /// <summary>Deletes the rows that meet <paramref name="condition"/>.</summary>
    public static SqlStatement Delete(this TableDefinition table, SqlStatement condition) => SqlStatement.Of($"DELETE FROM {table} WHERE {condition}");

    /// <summary>That row <c>s</c> has the key of row <c>t</c>.</summary>
    public static SqlStatement SameKey(this TableDefinition table) => SqlStatement.All(table.Key.Select(column => SqlStatement.Of($"t.{column} = s.{column}")));

    /// <summary>The columns of row <c>s</c>.</summary>
    public static SqlStatement From(IEnumerable<ColumnDefinition> columns) => SqlStatement.List(columns.Select(column => SqlStatement.Of($"s.{column}")));

    /// <summary>That a row comes after <paramref name="key"/> in the ascending order of <paramref name="columns"/>; null for the start.</summary>
    public static SqlStatement? After(IReadOnlyList<ColumnDefinition> columns, IReadOnlyList<string>? key)
    {
        if (key is null) return null;
        var condition = SqlStatement.Of($"{columns[^1]} > {key[^1]}");
        for (var i = columns.Count - 2; i >= 0; i--) condition = SqlStatement.Of($"({columns[i]} > {key[i]} OR ({columns[i]} = {key[i]} AND {condition}))");
        return condition;
    }
}
