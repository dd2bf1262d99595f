using Mirion.Generation.FakeDatabricks.Sql.Dialect;

namespace Mirion.Generation.FakeDatabricks.Sql.Engine;

/// <summary>Runs one statement after another on the lake.</summary>
internal sealed class StatementEngine(Lake lake, VolumeFiles files, TimeProvider clock)
{
    /// <summary>Runs a statement to its end, in one transaction.</summary>
    /// <param name="text">The statement.</param>
    /// <param name="catalog">The catalog of names that have none.</param>
    /// <param name="schema">The schema of names that have none.</param>
    /// <param name="parameters">The parameters by name.</param>
    /// <param name="mayCommit">Called when all is done, to say whether it may take effect.</param>
    /// <exception cref="SqlFailure">The statement fails.</exception>
    /// <exception cref="LakeTrouble">The statement fails, for a reason that DuckDB found.</exception>
    public ResultTable Run(string text, string catalog, string schema, IReadOnlyDictionary<string, ParameterValue> parameters, Func<bool> mayCommit)
    {
        var scope = new StatementScope(catalog, schema, parameters, lake, clock.GetUtcNow());
        var plan = new StatementReader(Lexer.Cut(text), scope).Read();
        foreach (var source in scope.Files) Load(source);
        if (plan is MergePlan merge) new MergeRun(lake, scope).Prepare(merge);
        lake.Run("BEGIN TRANSACTION");
        try
        {
            var result = Run(plan, scope);
            if (!mayCommit()) throw new OperationCanceledException();
            lake.Run("COMMIT");
            return result;
        }
        catch
        {
            lake.RollBack();
            throw;
        }
    }

    private void Load(FileSource source)
    {
        lake.Fill($"{source.Relation}_text", [.. source.Columns.Select(column => column.Name)], files.Rows(source));
        try
        {
            lake.Run($"CREATE OR REPLACE TEMP TABLE {source.Relation} AS SELECT {VolumeFiles.Projection(source)} FROM {source.Relation}_text");
        }
        catch (LakeTrouble) when (source.FailsFast)
        {
            throw VolumeFiles.Malformed();
        }
    }

    private ResultTable Run(Plan plan, StatementScope scope)
    {
        switch (plan)
        {
            case QueryPlan query: return Query(query.Sql, scope);
            case WritePlan write:
                if (write.Values is { } values) Assignments.Check(lake, values, scope);
                var count = lake.Run(write.Sql, scope.Bound);
                return ResultTable.Counts(write.Counters.Select(name => (name, count)));
            case MergePlan merge: return new MergeRun(lake, scope).Run(merge);
            case CatalogPlan change:
                change.Change(lake);
                return ResultTable.None;
            default: throw new ArgumentOutOfRangeException(nameof(plan));
        }
    }

    private ResultTable Query(string sql, StatementScope scope)
    {
        var columns = lake.TypesOf(sql, scope.Bound);
        var names = Enumerable.Range(0, columns.Count).Select(i => $"c{i}").ToList();
        var projection = string.Join(", ", columns.Zip(names, Cells.Projection));
        var rows = lake.Query($"SELECT {projection} FROM ({sql}) AS r({string.Join(", ", names)})", scope.Bound);
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++) row[i] = row[i] is { } value ? Cells.Of(columns[i].Type, value) : null;
        }

        return new ResultTable(columns, rows);
    }
}
