using Microsoft.Extensions.Options;
using Mirion.Generation.Infrastructure.Databricks.Sql;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Doctor;

/// <summary>Whether statements can be run. One that is stopped is started for it.</summary>
internal sealed class WarehouseExamination(IWarehouseApi warehouses, Warehouse warehouse, IOptions<DatabricksOptions> options)
{
    public Examination Examination => new(
        "warehouse",
        "Check Workspace:Databricks:WarehouseId, and grant CAN USE on that SQL warehouse.",
        async cancellationToken =>
        {
            var found = await warehouses.GetAsync(options.Value.WarehouseId!, cancellationToken);
            await warehouse.QueryAsync(SqlStatement.Of($"SELECT 1 AS one"), row => row.NumberOrNull("one"), StatementRights.Program, cancellationToken);
            return new Finding($"The SQL warehouse '{found.Name}', which was {found.State}, runs statements.");
        });
}
