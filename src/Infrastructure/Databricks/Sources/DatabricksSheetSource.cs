using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Databricks.Sources.Tables;
using Mirion.Generation.Infrastructure.Databricks.Sources.Volumes;
using Mirion.Generation.Infrastructure.Sources;

namespace Mirion.Generation.Infrastructure.Databricks.Sources;

/// <summary>Tables, views and volumes of Unity Catalog; whoever asks sees what the user's own rights show.</summary>
internal sealed class DatabricksSheetSource(DeltaItems tables, CatalogVolumeItems volumes) : ISheetSource
{
    public Task<Result<SourceDescription>> DescribeAsync(Sheet sheet, CancellationToken cancellationToken) =>
        ItemsOf(sheet).DescribeAsync(sheet, cancellationToken);

    public Task<Result<SheetCensus>> TakeCensusAsync(Sheet sheet, CancellationToken cancellationToken) =>
        ItemsOf(sheet).TakeCensusAsync(sheet, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<SheetItem>> ReadPagesAsync(SheetReading reading, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(reading.PageSize, 1);
        return ItemsOf(reading.Sheet).ReadPagesAsync(reading, cancellationToken);
    }

    public Task<IReadOnlyList<SheetItem>> ReadItemsAsync(
        Sheet sheet, IReadOnlyList<string> columns, IReadOnlyCollection<ItemRef> items, CancellationToken cancellationToken) =>
        ItemsOf(sheet).ReadItemsAsync(sheet, columns, items, cancellationToken);

    public Task<Result<FileContent>> ReadFileAsync(VolumePath path, long maxBytes, CancellationToken cancellationToken) =>
        volumes.ReadFileAsync(path, maxBytes, cancellationToken);

    private ISourceItems ItemsOf(Sheet sheet) => sheet.Source is TableSource ? tables : volumes;
}
