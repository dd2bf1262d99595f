using Mirion.Generation.FakeDatabricks.Sql.Engine;

namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <summary>Reads INSERT, UPDATE, DELETE and TRUNCATE.</summary>
internal sealed class Writes(TokenReader tokens, StatementScope scope, Queries queries)
{
    public Plan Read() => tokens.Take().Text.ToUpperInvariant() switch
    {
        "INSERT" => Insert(),
        "UPDATE" => Update(),
        "DELETE" => Delete(),
        _ => Truncate(),
    };

    private WritePlan Insert()
    {
        tokens.Expect("INTO");
        tokens.Try("TABLE");
        var table = scope.Table(tokens.Names());
        var all = scope.Columns(table).Select(column => column.Name);
        var columns = tokens.At("(") && tokens.Peek().IsName && !tokens.Peek().Is("SELECT") ? tokens.InParentheses(tokens.Name) : [.. all];
        var query = queries.Read();
        var sql = $"INSERT INTO {table.DuckDb} ({string.Join(", ", columns.Select(DuckDbText.Quote))}) {query}";
        return new WritePlan(sql, ["num_affected_rows", "num_inserted_rows"], new Assignment(table, columns, query));
    }

    private WritePlan Update()
    {
        var table = scope.Table(tokens.Names());
        var target = $"{table.DuckDb} AS {queries.Alias() ?? DuckDbText.Quote(table.Name)}";
        tokens.Expect("SET");
        var settings = tokens.List(Setting);
        var where = tokens.Try("WHERE") ? $" WHERE {queries.Expressions.Read()}" : string.Empty;
        var sql = $"UPDATE {target} SET {string.Join(", ", settings.Select(setting => $"{DuckDbText.Quote(setting.Column)} = {setting.Value}"))}{where}";
        var values = $"SELECT {string.Join(", ", settings.Select(setting => setting.Value))} FROM {target}";
        return new WritePlan(sql, ["num_affected_rows"], new Assignment(table, [.. settings.Select(setting => setting.Column)], values));
    }

    private (string Column, string Value) Setting()
    {
        var column = tokens.Names()[^1];
        tokens.Expect("=");
        return (column, queries.Expressions.Read());
    }

    private WritePlan Delete()
    {
        tokens.Expect("FROM");
        var table = scope.Table(tokens.Names());
        var target = $"{table.DuckDb} AS {queries.Alias() ?? DuckDbText.Quote(table.Name)}";
        var where = tokens.Try("WHERE") ? $" WHERE {queries.Expressions.Read()}" : string.Empty;
        return new WritePlan($"DELETE FROM {target}{where}", ["num_affected_rows"], Values: null);
    }

    private WritePlan Truncate()
    {
        tokens.Expect("TABLE");
        return new WritePlan($"DELETE FROM {scope.Table(tokens.Names()).DuckDb}", [], Values: null);
    }
}
