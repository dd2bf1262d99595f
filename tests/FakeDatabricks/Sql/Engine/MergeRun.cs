using Mirion.Generation.FakeDatabricks.Sql.Dialect;

namespace Mirion.Generation.FakeDatabricks.Sql.Engine;

/// <summary>Runs a MERGE by Delta's rules (docs.databricks.com/sql/language-manual/delta-merge-into).</summary>
internal sealed class MergeRun(Lake lake, StatementScope scope)
{
    private const string Source = "temp.main.merge_source";

    /// <summary>Computes the source once, before the transaction.</summary>
    public void Prepare(MergePlan merge) => lake.Run($"CREATE OR REPLACE TEMP TABLE merge_source AS SELECT * FROM {merge.Source}", scope.Bound);

    public ResultTable Run(MergePlan merge)
    {
        var source = $"{Source} AS {merge.SourceAlias}";
        foreach (var values in merge.Values) Assignments.Check(lake, values with { Query = $"{values.Query} FROM {merge.Target}, {source}" }, scope);
        if (merge.Matched is { } matched) RefuseAmbiguity(merge, source, matched);
        var actions = lake.Query($"MERGE INTO {merge.Target} USING {source} ON {merge.Condition} {merge.Clauses} RETURNING merge_action", scope.Bound);
        int Count(string action) => actions.Count(row => row[0] == action);
        return ResultTable.Counts(
        [
            ("num_affected_rows", actions.Count), ("num_updated_rows", Count("UPDATE")), ("num_deleted_rows", Count("DELETE")), ("num_inserted_rows", Count("INSERT")),
        ]);
    }

    private void RefuseAmbiguity(MergePlan merge, string source, string matched)
    {
        var alias = merge.Target[(merge.Target.LastIndexOf(" AS ", StringComparison.Ordinal) + 4)..];
        var twice = lake.Query(
            $"SELECT '1' FROM {merge.Target} JOIN {source} ON {merge.Condition} WHERE {matched} GROUP BY {alias}.rowid HAVING count(*) > 1 LIMIT 1", scope.Bound);
        if (twice.Count > 0)
        {
            throw new SqlFailure(
                "DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE",
                "21506",
                "Cannot perform Merge as multiple source rows matched and attempted to modify the same target row in the Delta table in possibly conflicting ways");
        }
    }
}
