using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Infrastructure.Sources;

/// <summary>What <see cref="ISheetSource"/> promises, for sheets of one kind of source.</summary>
internal interface ISourceItems
{
    Task<Result<SourceDescription>> DescribeAsync(Sheet sheet, CancellationToken cancellationToken);

    Task<Result<SheetCensus>> TakeCensusAsync(Sheet sheet, CancellationToken cancellationToken);

    IAsyncEnumerable<IReadOnlyList<SheetItem>> ReadPagesAsync(SheetReading reading, CancellationToken cancellationToken);

    Task<IReadOnlyList<SheetItem>> ReadItemsAsync(
        Sheet sheet, IReadOnlyList<string> columns, IReadOnlyCollection<ItemRef> items, CancellationToken cancellationToken);
}

/// <summary>The same for volumes, whose files have content.</summary>
internal interface IVolumeItems : ISourceItems
{
    /// <inheritdoc cref="ISheetSource.ReadFileAsync"/>
    Task<Result<FileContent>> ReadFileAsync(VolumePath path, long maxBytes, CancellationToken cancellationToken);
}
