using System.Runtime.CompilerServices;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Sources;
using Mirion.Generation.Infrastructure.Sources.Volumes;

namespace Mirion.Generation.Infrastructure.Local.Sources.Volumes;

/// <summary>The files of volumes as items.</summary>
internal sealed class VolumeItems(SourceDatabase database) : IVolumeItems
{
    // Enough to keep a disk busy, few enough that big files do not pile up in memory.
    private const int ReadsAtOnce = 8;

    private readonly WorkspaceFolder _folder = database.Folder;
    private readonly VolumeFileReader _files = new(database.Folder);

    public Task<Result<SourceDescription>> DescribeAsync(Sheet sheet, CancellationToken cancellationToken) => Task.FromResult(Describe(sheet));

    public Task<Result<SheetCensus>> TakeCensusAsync(Sheet sheet, CancellationToken cancellationToken) =>
        Task.Run(() => TakeCensus(sheet, cancellationToken), cancellationToken);

    public async IAsyncEnumerable<IReadOnlyList<SheetItem>> ReadPagesAsync(
        SheetReading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var directory = VolumeDirectory.Find(_folder, (VolumeSource)reading.Sheet.Source).OrThrow();
        var entries = await Task.Run(() => List(reading.Sheet, directory, cancellationToken), cancellationToken);
        var number = 0L;
        foreach (var page in entries.Take(reading.Limit ?? int.MaxValue).Chunk(reading.PageSize))
        {
            yield return await ReadAsync(directory, page, reading.Columns, number, cancellationToken);
            number += page.Length;
        }
    }

    public async Task<IReadOnlyList<SheetItem>> ReadItemsAsync(
        Sheet sheet, IReadOnlyList<string> columns, IReadOnlyCollection<ItemRef> items, CancellationToken cancellationToken)
    {
        var directory = VolumeDirectory.Find(_folder, (VolumeSource)sheet.Source).OrThrow();
        var wanted = items.ToHashSet();
        var entries = await Task.Run(() => List(sheet, directory, cancellationToken), cancellationToken);
        return await ReadAsync(directory, [.. entries.Where(entry => wanted.Contains(entry.Ref))], columns, null, cancellationToken);
    }

    /// <inheritdoc cref="ISheetSource.ReadFileAsync"/>
    public Task<Result<FileContent>> ReadFileAsync(VolumePath path, long maxBytes, CancellationToken cancellationToken) =>
        _files.ReadAsync(path, maxBytes, cancellationToken);

    private Result<SourceDescription> Describe(Sheet sheet)
    {
        if (!VolumeDirectory.Find(_folder, (VolumeSource)sheet.Source).TryGet(out _, out var error)) return error;
        var description = new SourceDescription(VolumeColumns.All);
        return SheetColumns.FindUnknown(sheet, description.Names) is { } unknown ? unknown : description;
    }

    private Result<SheetCensus> TakeCensus(Sheet sheet, CancellationToken cancellationToken)
    {
        if (!Describe(sheet).TryGet(out _, out var error)) return error;
        var entries = List(sheet, VolumeDirectory.Find(_folder, (VolumeSource)sheet.Source).OrThrow(), cancellationToken);
        // Names that are no UTF-8 all look alike once they are text.
        var repeated = entries.CountBy(entry => entry.Ref).Count(names => names.Value > 1);
        return repeated == 0 ? new SheetCensus(entries.Count) : SheetErrors.ItemIdNotUnique(VolumeColumns.Path, repeated);
    }

    private static IReadOnlyList<VolumeEntry> List(Sheet sheet, VolumeDirectory directory, CancellationToken cancellationToken)
    {
        try
        {
            return VolumeListing.Of(sheet, directory, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UpstreamException(SourceFailures.Code, $"The directory '{directory.Path}' cannot be listed.", inner: e);
        }
    }

    private async Task<IReadOnlyList<SheetItem>> ReadAsync(
        VolumeDirectory directory, VolumeEntry[] page, IReadOnlyList<string> columns, long? first, CancellationToken cancellationToken)
    {
        var items = new SheetItem[page.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, page.Length, options, async (index, token) =>
            items[index] = await ReadAsync(directory, page[index], columns, first + index ?? -1, token));
        return items;
    }

    private async ValueTask<SheetItem> ReadAsync(
        VolumeDirectory directory, VolumeEntry entry, IReadOnlyList<string> columns, long sequenceNumber, CancellationToken cancellationToken)
    {
        SheetItem Faulty(GenerationError fault) => FileItems.Faulty(entry.Ref, sequenceNumber, columns, fault);

        if (entry.LeavesVolume) return Faulty(new GenerationError("link_leaves_volume", "The file is a link that leads out of its volume."));
        if (!directory.Path.Append(entry.Ref.Value).TryGet(out var path, out _)) return Faulty(FileItems.NameUnsupported);
        if (!_files.Find(path).TryGet(out var found, out var error))
        {
            return Faulty(error.Code == "file_not_found"
                ? FileText.Unreadable("The file is gone, or a link that leads nowhere.")
                : new GenerationError(error.Code, error.Message));
        }

        var (file, real) = found;
        return await FileItems.OfAsync(entry.Ref, sequenceNumber, file, columns, () => VolumeFileReader.ReadTextAsync(file, real, cancellationToken));
    }
}
