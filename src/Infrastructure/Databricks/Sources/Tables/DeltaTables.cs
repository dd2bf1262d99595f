using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Databricks.Catalog;
using Mirion.Generation.Infrastructure.Databricks.Sources.Filters;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Tables;

/// <summary>Finds the tables of sheets in Unity Catalog, with the user's own rights. No statement is executed.</summary>
internal sealed class DeltaTables(ITablesApi catalog, FilterTranslator filters)
{
    /// <summary>Finds the table of a sheet, or what of the sheet does not fit it.</summary>
    /// <exception cref="DatabricksException">The catalog does not answer.</exception>
    public async Task<Result<DeltaTable>> OpenAsync(Sheet sheet, CancellationToken cancellationToken)
    {
        var source = (TableSource)sheet.Source;
        if (!(await FindAsync(source, cancellationToken)).TryGet(out var found, out var notFound)) return notFound;
        var columns = DeltaColumn.Of(found);
        if (!DeltaTable.FindId(sheet, columns).TryGet(out var id, out var unfit)) return unfit;
        if (sheet.FilterExpression is not { } text) return new DeltaTable(sheet, columns, id, null);
        var filter = await filters.TranslateAsync(text, columns, cancellationToken);
        return filter.Map<DeltaTable>(condition => new DeltaTable(sheet, columns, id, condition));
    }

    private async Task<Result<CatalogTable>> FindAsync(TableSource source, CancellationToken cancellationToken)
    {
        try
        {
            return await catalog.GetAsync(source.Table.ToString(), onBehalfOfUser: true, cancellationToken);
        }
        catch (DatabricksException e) when (e.IsNotFound)
        {
            return SheetErrors.SourceNotFound(source, "Unity Catalog has no such table or view; check the three parts of its name.");
        }
        catch (DatabricksException e) when (e.Status == 403)
        {
            return DeltaFaults.Forbidden(source);
        }
    }
}
