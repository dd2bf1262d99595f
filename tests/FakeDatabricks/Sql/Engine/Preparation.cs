using Mirion.Generation.FakeDatabricks.Sql.Dialect;

namespace Mirion.Generation.FakeDatabricks.Sql.Engine;

/// <summary>Statements that put things in place: what they name need not be there yet.</summary>
internal sealed class Preparation(Lake lake, StatementEngine engine, string catalog, string schema)
{
    private const int MostMissing = 10;

    public void Run(string statement)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                engine.Run(statement, catalog, schema, new Dictionary<string, ParameterValue>(), () => true);
                return;
            }
            catch (SqlFailure e) when (attempt < MostMissing && e.Missing is { } missing)
            {
                lake.AddCatalog(missing.Catalog);
                if (missing.Schema is { } name) lake.AddSchema(missing.Catalog, name);
            }
            catch (Exception e) when (e is SqlFailure or LakeTrouble)
            {
                throw new InvalidOperationException($"{statement}: {e.Message}", e);
            }
        }
    }
}
