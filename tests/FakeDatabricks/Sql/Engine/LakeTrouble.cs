using DuckDB.NET.Data;
using Mirion.Generation.FakeDatabricks.Sql.Dialect;

namespace Mirion.Generation.FakeDatabricks.Sql.Engine;

/// <summary>DuckDB refused something.</summary>
internal sealed class LakeTrouble(DuckDBException trouble) : Exception(trouble.Message, trouble)
{
    /// <summary>The same in a warehouse's words.</summary>
    public SqlFailure Failure { get; } = DuckDbErrors.Translate(trouble);
}
