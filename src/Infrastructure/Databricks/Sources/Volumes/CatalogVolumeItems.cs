using System.Runtime.CompilerServices;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Databricks.Sources.Tables;
using Mirion.Generation.Infrastructure.Sources;
using Mirion.Generation.Infrastructure.Sources.Volumes;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Volumes;

/// <summary>The files of volumes of Unity Catalog as items.</summary>
internal sealed class CatalogVolumeItems(VolumeListing listing, VolumeFiles files) : IVolumeItems
{
    // Enough to hide the time a request takes, few enough that big files do not pile up in memory.
    private const int ReadsAtOnce = 8;

    public async Task<Result<SourceDescription>> DescribeAsync(Sheet sheet, CancellationToken cancellationToken)
    {
        var source = (VolumeSource)sheet.Source;
        try
        {
            await listing.ProbeAsync(source.Directory, cancellationToken);
        }
        catch (DatabricksException e) when (Refusal(e, source) is { } refusal)
        {
            return refusal;
        }

        return Describe(sheet);
    }

    public async Task<Result<SheetCensus>> TakeCensusAsync(Sheet sheet, CancellationToken cancellationToken)
    {
        if (!Describe(sheet).TryGet(out _, out var error)) return error;
        try
        {
            return new SheetCensus((await ListAsync(sheet, cancellationToken)).Count);
        }
        catch (DatabricksException e) when (Refusal(e, sheet.Source) is { } refusal)
        {
            return refusal;
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<SheetItem>> ReadPagesAsync(
        SheetReading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0L;
        foreach (var page in (await ListAsync(reading.Sheet, cancellationToken)).Take(reading.Limit ?? int.MaxValue).Chunk(reading.PageSize))
        {
            yield return await ReadAsync(reading.Sheet, page, reading.Columns, number, cancellationToken);
            number += page.Length;
        }
    }

    public async Task<IReadOnlyList<SheetItem>> ReadItemsAsync(
        Sheet sheet, IReadOnlyList<string> columns, IReadOnlyCollection<ItemRef> items, CancellationToken cancellationToken)
    {
        if (items.Count == 0) return [];
        var wanted = items.ToHashSet();
        var listed = await ListAsync(sheet, cancellationToken);
        return await ReadAsync(sheet, [.. listed.Where(file => wanted.Contains(file.Ref))], columns, null, cancellationToken);
    }

    /// <inheritdoc cref="ISheetSource.ReadFileAsync"/>
    public Task<Result<FileContent>> ReadFileAsync(VolumePath path, long maxBytes, CancellationToken cancellationToken) => files.ReadAsync(path, maxBytes, cancellationToken);

    private static Result<SourceDescription> Describe(Sheet sheet)
    {
        var description = new SourceDescription(VolumeColumns.All);
        return SheetColumns.FindUnknown(sheet, description.Names) is { } unknown ? unknown : description;
    }

    private static Error? Refusal(DatabricksException failure, SheetSource source) => failure switch
    {
        { IsNotFound: true } => SheetErrors.SourceNotFound(source, "Unity Catalog has no such volume, or the volume has no such directory."),
        { Status: 403 } => DeltaFaults.Forbidden(source),
        _ => null,
    };

    private async Task<IReadOnlyList<ListedFile>> ListAsync(Sheet sheet, CancellationToken cancellationToken) =>
        VolumeSample.Of(sheet, await listing.ListAsync(((VolumeSource)sheet.Source).Directory, cancellationToken), file => file.Ref);

    private async Task<IReadOnlyList<SheetItem>> ReadAsync(
        Sheet sheet, ListedFile[] page, IReadOnlyList<string> columns, long? first, CancellationToken cancellationToken)
    {
        var (directory, items) = (((VolumeSource)sheet.Source).Directory, new SheetItem[page.Length]);
        var options = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, page.Length, options, async (index, token) => items[index] = await ReadAsync(directory, page[index], columns, first + index ?? -1, token));
        return items;
    }

    private ValueTask<SheetItem> ReadAsync(
        VolumePath directory, ListedFile listed, IReadOnlyList<string> columns, long sequenceNumber, CancellationToken cancellationToken)
    {
        if (!directory.Append(listed.Ref.Value).TryGet(out var path, out _))
        {
            return ValueTask.FromResult(FileItems.Faulty(listed.Ref, sequenceNumber, columns, FileItems.NameUnsupported));
        }

        var file = new SourceFile(path, FileKind.Of(FileKind.ExtensionOf(path.Relative)).MediaType, listed.SizeBytes);
        return FileItems.OfAsync(listed.Ref, sequenceNumber, file, columns, () => files.ReadTextAsync(file, cancellationToken));
    }
}
