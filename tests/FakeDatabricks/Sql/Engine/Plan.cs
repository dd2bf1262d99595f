using Mirion.Generation.FakeDatabricks.Sql.Dialect;

namespace Mirion.Generation.FakeDatabricks.Sql.Engine;

/// <summary>What a statement comes to in DuckDB.</summary>
internal abstract record Plan;

/// <summary>A query.</summary>
internal sealed record QueryPlan(string Sql) : Plan;

/// <summary>Values for columns of a table, as a query whose columns they are.</summary>
/// <param name="Table">The table.</param>
/// <param name="Columns">The columns that are written.</param>
/// <param name="Query">The values, one column for each.</param>
internal sealed record Assignment(TableName Table, IReadOnlyList<string> Columns, string Query);

/// <summary>A write that answers how many rows it wrote.</summary>
/// <param name="Sql">The write.</param>
/// <param name="Counters">The names under which it says so.</param>
/// <param name="Values">The values it writes.</param>
internal sealed record WritePlan(string Sql, IReadOnlyList<string> Counters, Assignment? Values) : Plan;

/// <summary>A MERGE.</summary>
/// <param name="Target">The target with its alias.</param>
/// <param name="Source">The source with its alias.</param>
/// <param name="SourceAlias">The alias of the source.</param>
/// <param name="Condition">When a row of the source is a row of the target.</param>
/// <param name="Matched">Which matches are written; null when none is.</param>
/// <param name="Clauses">The clauses.</param>
/// <param name="Values">The values it writes.</param>
internal sealed record MergePlan(
    string Target, string Source, string SourceAlias, string Condition, string? Matched, string Clauses, IReadOnlyList<Assignment> Values) : Plan;

/// <summary>A change of the catalog, which answers nothing.</summary>
internal sealed record CatalogPlan(Action<Lake> Change) : Plan;
