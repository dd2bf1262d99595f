using Mirion.Generation.FakeDatabricks.Sql.Engine;

namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <summary>Reads MERGE INTO.</summary>
internal sealed class Merges(TokenReader tokens, StatementScope scope, Queries queries)
{
    private readonly List<Assignment> _values = [];
    private readonly List<string> _matched = [];
    private TableName _table;
    private string _source = string.Empty;

    public MergePlan Read()
    {
        tokens.Expect("MERGE", "INTO");
        _table = scope.Table(tokens.Names());
        var target = queries.Alias() ?? DuckDbText.Quote(_table.Name);
        tokens.Expect("USING");
        var source = queries.Relations.One();
        _source = source.LastIndexOf(" AS ", StringComparison.Ordinal) is var alias and >= 0 && source.EndsWith('"')
            ? source[(alias + 4)..]
            : source.EndsWith('"') ? source[(source.LastIndexOf('.') + 1)..] : "source";
        tokens.Expect("ON");
        var condition = queries.Expressions.Read();
        var clauses = new List<string>();
        while (tokens.Try("WHEN")) clauses.Add(Clause());
        if (clauses.Count == 0) throw tokens.Unexpected();
        var matched = _matched.Count == 0 ? null : string.Join(" OR ", _matched);
        return new MergePlan($"{_table.DuckDb} AS {target}", source, _source, condition, matched, string.Join(' ', clauses), _values);
    }

    private string Clause()
    {
        var not = tokens.Try("NOT");
        tokens.Expect("MATCHED");
        var bySource = not && tokens.Try("BY", "SOURCE");
        if (not && !bySource) tokens.Try("BY", "TARGET");
        var condition = tokens.Try("AND") ? queries.Expressions.Read() : null;
        tokens.Expect("THEN");
        var when = $"WHEN {(not ? "NOT " : string.Empty)}MATCHED{(bySource ? " BY SOURCE" : string.Empty)}{(condition is null ? string.Empty : $" AND {condition}")} THEN";
        if (not && !bySource)
        {
            tokens.Expect("INSERT");
            return $"{when} {Insert()}";
        }

        if (!bySource) _matched.Add(condition ?? "TRUE");
        if (tokens.Try("DELETE")) return $"{when} DELETE";
        tokens.Expect("UPDATE", "SET");
        return $"{when} {Update()}";
    }

    private string Insert()
    {
        if (tokens.Try("*")) return Insert(Every(), [.. Every().Select(Sourced)]);
        var columns = tokens.InParentheses(() => tokens.Names()[^1]);
        tokens.Expect("VALUES");
        return Insert(columns, tokens.InParentheses(queries.Expressions.Read));
    }

    private string Insert(IReadOnlyList<string> columns, IReadOnlyList<string> values)
    {
        Assign(columns, values);
        return $"INSERT ({string.Join(", ", columns.Select(DuckDbText.Quote))}) VALUES ({string.Join(", ", values)})";
    }

    private string Update()
    {
        var settings = tokens.Try("*") ? [.. Every().Select(column => (Column: column, Value: Sourced(column)))] : tokens.List(Setting);
        Assign([.. settings.Select(setting => setting.Column)], [.. settings.Select(setting => setting.Value)]);
        return $"UPDATE SET {string.Join(", ", settings.Select(setting => $"{DuckDbText.Quote(setting.Column)} = {setting.Value}"))}";
    }

    private (string Column, string Value) Setting()
    {
        var column = tokens.Names()[^1];
        tokens.Expect("=");
        return (column, queries.Expressions.Read());
    }

    private void Assign(IReadOnlyList<string> columns, IReadOnlyList<string> values) => _values.Add(new Assignment(_table, columns, $"SELECT {string.Join(", ", values)}"));

    private List<string> Every() => [.. scope.Columns(_table).Select(column => column.Name)];

    private string Sourced(string column) => $"{_source}.{DuckDbText.Quote(column)}";
}
