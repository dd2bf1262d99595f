using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Ports;

/// <summary>A column of a source.</summary>
/// <param name="Name">Its name, as templates refer to it.</param>
/// <param name="Type">Its type, in the workspace's own words; for people.</param>
public sealed record SourceColumn(string Name, string Type);

/// <summary>What a source looks like, without its data.</summary>
/// <param name="Columns">The columns; those of a volume are <see cref="VolumeColumns.All"/>.</param>
public sealed record SourceDescription(IReadOnlyList<SourceColumn> Columns)
{
    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Names { get; } = [.. Columns.Select(column => column.Name)];
}

/// <summary>How many items a sheet has, after filter and sampling; given only when every one of them has a name of its own.</summary>
/// <param name="Items">The number of items.</param>
public sealed record SheetCensus(long Items);

/// <summary>A file of a volume.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="MediaType">Its media type, such as <c>image/png</c>, by its extension.</param>
/// <param name="SizeBytes">Its size.</param>
public sealed record SourceFile(VolumePath Path, string MediaType, long SizeBytes)
{
    /// <summary>Whether it is an image a model can be shown.</summary>
    public bool IsImage => MediaType.StartsWith("image/", StringComparison.Ordinal);
}

/// <summary>One row or one file.</summary>
/// <param name="Ref">Its name.</param>
/// <param name="SequenceNumber">Its place in item order, from 0.</param>
/// <param name="Values">
/// The values by column: null, string, bool, long, decimal, double, lists and dictionaries of these. Every column that was asked
/// for has an entry.
/// </param>
/// <param name="File">The file it is, for an item of a volume.</param>
/// <param name="Fault">Why its data could not be read, in which case no value counts; null when it could.</param>
public sealed record SheetItem(
    ItemRef Ref, long SequenceNumber, IReadOnlyDictionary<string, object?> Values, SourceFile? File = null, GenerationError? Fault = null);

/// <summary>Which items are read, and what of them.</summary>
/// <param name="Sheet">The sheet, whose filter and sampling apply.</param>
/// <param name="Columns">The columns to read; nothing else is.</param>
/// <param name="Limit">Only so many items from the start of the item order; null for all.</param>
/// <param name="PageSize">Items a page.</param>
public sealed record SheetReading(Sheet Sheet, IReadOnlyList<string> Columns, int? Limit = null, int PageSize = 1000);

/// <summary>The bytes of a file.</summary>
/// <param name="File">Which file.</param>
/// <param name="Bytes">What is in it.</param>
public sealed record FileContent(SourceFile File, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// The source data behind sheets: tables and volumes, read only. Expected refusals come as errors (<c>source_not_found</c>,
/// <c>item_id_missing</c>, <c>item_id_not_unique</c>, <c>filter_invalid</c>); a workspace that does not answer, or a source that goes away while
/// it is read, throws <see cref="UpstreamException"/>.
/// </summary>
public interface ISheetSource
{
    /// <summary>
    /// The source's columns. Fails when the source does not exist, or lacks the id column or a column that the sheet names
    /// (<c>column_unknown</c>), or when the filter is no expression over its columns.
    /// </summary>
    Task<Result<SourceDescription>> DescribeAsync(Sheet sheet, CancellationToken cancellationToken);

    /// <summary>Counts the items, having found every id present, not null and unique.</summary>
    Task<Result<SheetCensus>> TakeCensusAsync(Sheet sheet, CancellationToken cancellationToken);

    /// <summary>The items in item order, page by page, as they are read; the next page is not read before it is asked for.</summary>
    IAsyncEnumerable<IReadOnlyList<SheetItem>> ReadPagesAsync(SheetReading reading, CancellationToken cancellationToken);

    /// <summary>
    /// The named items that the sheet has, in no order; names it lacks are left out. <see cref="SheetItem.SequenceNumber"/> is not
    /// known here and is -1.
    /// </summary>
    Task<IReadOnlyList<SheetItem>> ReadItemsAsync(
        Sheet sheet, IReadOnlyList<string> columns, IReadOnlyCollection<ItemRef> items, CancellationToken cancellationToken);

    /// <summary>
    /// The bytes of a file of a volume. Fails with <c>file_not_found</c> (<see cref="ErrorKind.NotFound"/>), or <c>file_too_large</c>
    /// (<see cref="ErrorKind.Unprocessable"/>) above <paramref name="maxBytes"/>.
    /// </summary>
    Task<Result<FileContent>> ReadFileAsync(VolumePath path, long maxBytes, CancellationToken cancellationToken);
}

/// <summary>The columns every volume has.</summary>
public static class VolumeColumns
{
    /// <summary>The path relative to the sheet's directory; equals the item's name.</summary>
    public const string Path = "path";

    /// <summary>The last segment of the path.</summary>
    public const string Name = "name";

    /// <summary>What follows the last period of the name, in lower case, without the period; empty when there is none.</summary>
    public const string Extension = "extension";

    /// <summary>The size in bytes.</summary>
    public const string SizeBytes = "size_bytes";

    /// <summary>The media type by the extension.</summary>
    public const string MediaType = "media_type";

    /// <summary>The text of a text file; null for any other.</summary>
    public const string Content = "content";

    /// <summary>All of them, with their types.</summary>
    public static IReadOnlyList<SourceColumn> All { get; } =
    [
        new(Path, "STRING"), new(Name, "STRING"), new(Extension, "STRING"), new(SizeBytes, "BIGINT"), new(MediaType, "STRING"), new(Content, "STRING"),
    ];
}
