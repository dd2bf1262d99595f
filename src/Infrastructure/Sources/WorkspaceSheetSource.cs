using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Infrastructure.Sources;

/// <summary>The source data of a workspace: hands every sheet to who knows its kind of source.</summary>
/// <param name="tables">The rows of the workspace's tables.</param>
/// <param name="volumes">The files of its volumes.</param>
internal sealed class WorkspaceSheetSource(ISourceItems tables, IVolumeItems volumes) : ISheetSource
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
