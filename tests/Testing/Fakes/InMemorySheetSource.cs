using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Testing.Fakes;

/// <summary>
/// Sheets' sources held in memory: tables as dictionaries, volumes as bytes by path. Keeps the port's promises; filters are
/// predicates that a test registers under their text, and any other filter is refused.
/// </summary>
public sealed class InMemorySheetSource : ISheetSource
{
    private readonly Dictionary<string, List<IReadOnlyDictionary<string, object?>>> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<IReadOnlyDictionary<string, object?>, bool>> _filters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GenerationError> _faults = new(StringComparer.Ordinal);
    private readonly List<IReadOnlyDictionary<string, object?>>? _anyTable;
    private (int Page, Exception Exception)? _break;
    private TaskCompletionSource? _held;
    private Exception? _censusFailure;

    /// <summary>A source without tables; they are added by name.</summary>
    public InMemorySheetSource()
    {
    }

    /// <summary>A source in which every table that was not added by name has these rows.</summary>
    public InMemorySheetSource(IEnumerable<IReadOnlyDictionary<string, object?>> rows) => _anyTable = [.. rows];

    /// <summary>Every reading that was begun, in order.</summary>
    public List<SheetReading> Readings { get; } = [];

    /// <summary>How many pages were handed out, over all readings.</summary>
    public int PagesRead { get; private set; }

    /// <summary>Adds a table <c>catalog.schema.table</c>.</summary>
    public InMemorySheetSource AddTable(string name, IEnumerable<IReadOnlyDictionary<string, object?>> rows)
    {
        _tables[name] = [.. rows];
        return this;
    }

    /// <summary>Adds a file at <c>/Volumes/...</c>.</summary>
    public InMemorySheetSource AddFile(string path, byte[] bytes)
    {
        _files[path] = bytes;
        return this;
    }

    /// <summary>Adds a directory at <c>/Volumes/...</c>, which may stay empty.</summary>
    public InMemorySheetSource AddDirectory(string path)
    {
        _directories.Add(path);
        return this;
    }

    /// <summary>Says what a sheet's <c>filter_expression</c> means.</summary>
    public InMemorySheetSource Understand(string filter, Func<IReadOnlyDictionary<string, object?>, bool> predicate)
    {
        _filters[filter] = predicate;
        return this;
    }

    /// <summary>Makes one item's data unreadable.</summary>
    public InMemorySheetSource Damage(string item, string code = "content_unreadable")
    {
        _faults[item] = new GenerationError(code, "The data cannot be read.");
        return this;
    }

    /// <summary>Makes every reading throw when the page of this number (from 0) is asked for, until <see cref="Mend"/>.</summary>
    public InMemorySheetSource BreakAtPage(int page, Exception? exception = null)
    {
        _break = (page, exception ?? new UpstreamException("workspace_failed", "The source went away."));
        return this;
    }

    /// <summary>Undoes <see cref="BreakAtPage"/>.</summary>
    public void Mend() => _break = null;

    /// <inheritdoc />
    public Task<Result<SourceDescription>> DescribeAsync(Sheet sheet, CancellationToken cancellationToken) => Task.FromResult(Describe(sheet));

    /// <summary>Never ends the next census unless it is cancelled; the task ends when it is taken.</summary>
    public Task HoldCensus()
    {
        _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return _held.Task;
    }

    /// <summary>Fails the next census.</summary>
    public void FailCensus(Exception exception) => _censusFailure = exception;

    /// <inheritdoc />
    public async Task<Result<SheetCensus>> TakeCensusAsync(Sheet sheet, CancellationToken cancellationToken)
    {
        if (_held is { } held)
        {
            _held = null;
            held.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        if (Interlocked.Exchange(ref _censusFailure, null) is { } failure) throw failure;
        return TakeCensus(sheet);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<IReadOnlyList<SheetItem>> ReadPagesAsync(
        SheetReading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Readings.Add(reading);
        var items = ItemsOf(reading.Sheet).Take(reading.Limit ?? int.MaxValue)
            .Select((item, index) => Read(item, index, reading.Columns))
            .Chunk(reading.PageSize);
        var number = 0;
        foreach (var page in items)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            if (_break is { } broken && broken.Page == number) throw broken.Exception;
            number++;
            PagesRead++;
            yield return page;
        }

        if (_break is { } late && late.Page == number) throw late.Exception;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<SheetItem>> ReadItemsAsync(
        Sheet sheet, IReadOnlyList<string> columns, IReadOnlyCollection<ItemRef> items, CancellationToken cancellationToken)
    {
        var wanted = items.ToHashSet();
        return Task.FromResult<IReadOnlyList<SheetItem>>(
            [.. ItemsOf(sheet).Where(item => wanted.Contains(item.Ref)).Select(item => Read(item, -1, columns))]);
    }

    /// <inheritdoc />
    public Task<Result<FileContent>> ReadFileAsync(VolumePath path, long maxBytes, CancellationToken cancellationToken)
    {
        Result<FileContent> result = _files.TryGetValue(path.ToString(), out var bytes)
            ? bytes.Length <= maxBytes
                ? new FileContent(FileOf(path, bytes), bytes)
                : new Error(ErrorKind.Unprocessable, "file_too_large", $"The file '{path}' has {bytes.Length} bytes; at most {maxBytes} are read.")
            : new Error(ErrorKind.NotFound, "file_not_found", $"There is no file '{path}'.");
        return Task.FromResult(result);
    }

    private Result<SourceDescription> Describe(Sheet sheet)
    {
        if (!Exists(sheet.Source)) return SheetErrors.SourceNotFound(sheet.Source, "Add it first.");
        var description = sheet.Source is TableSource table ? DescriptionOf(table) : new SourceDescription(VolumeColumns.All);
        if (sheet.Source is TableSource { ItemIdColumn: var id } && !description.Names.Contains(id)) return SheetErrors.ItemIdMissing($"There is no column '{id}'.");
        foreach (var (field, columns) in new[]
                 {
                     ("text_columns", sheet.TextColumns), ("image_columns", sheet.ImageColumns), ("metadata_columns", sheet.MetadataColumns),
                 })
        {
            if (columns.FirstOrDefault(column => !description.Names.Contains(column)) is { } unknown)
            {
                return SheetErrors.ColumnUnknown(field, unknown, description.Names);
            }
        }

        if (sheet.FilterExpression is { } filter && !_filters.ContainsKey(filter)) return SheetErrors.FilterInvalid("It is not understood.");
        return description;
    }

    private SourceDescription DescriptionOf(TableSource table) =>
        new([.. RowsOf(table).SelectMany(row => row.Keys).Distinct(StringComparer.Ordinal).Select(name => new SourceColumn(name, "STRING"))]);

    private Result<SheetCensus> TakeCensus(Sheet sheet)
    {
        if (!Describe(sheet).TryGet(out _, out var error)) return error;
        if (sheet.Source is TableSource table)
        {
            var ids = RowsOf(table).Where(row => Passes(sheet, row)).Select(row => TextOf(row.GetValueOrDefault(table.ItemIdColumn))).ToList();
            var missing = ids.Count(string.IsNullOrWhiteSpace);
            if (missing > 0) return SheetErrors.ItemIdMissing($"{missing} rows have no '{table.ItemIdColumn}'.");
            var duplicates = ids.GroupBy(id => id, StringComparer.Ordinal).Count(group => group.Count() > 1);
            if (duplicates > 0) return SheetErrors.ItemIdNotUnique(table.ItemIdColumn, duplicates);
        }

        return new SheetCensus(ItemsOf(sheet).Count());
    }

    private IEnumerable<Source> ItemsOf(Sheet sheet)
    {
        if (!Exists(sheet.Source)) throw new UpstreamException("workspace_failed", $"The source '{sheet.Source}' is gone.");
        var all = sheet.Source switch
        {
            TableSource table => RowsOf(table).Where(row => Passes(sheet, row)).Select(row => new Source(new ItemRef(TextOf(row[table.ItemIdColumn])!), row)),
            VolumeSource volume => FilesBelow(volume),
            _ => throw new ArgumentException("A sheet's source is a table or a volume.", nameof(sheet)),
        };
        var sampled = sheet.Sampling is SamplingStrategy.Random
            ? all.OrderBy(item => HashOf(sheet.Id, item.Ref), StringComparer.Ordinal).Take(sheet.SampleSize ?? 0)
            : all;
        var ordered = sampled.OrderBy(item => item.Ref);
        return sheet.Sampling is SamplingStrategy.First ? ordered.Take(sheet.SampleSize ?? 0) : ordered;
    }

    private SheetItem Read(Source source, long sequenceNumber, IReadOnlyList<string> columns)
    {
        var fault = _faults.GetValueOrDefault(source.Ref.Value) ?? FaultOf(source.File, columns);
        var values = columns.ToDictionary(
            column => column, column => fault is null ? source.Values.GetValueOrDefault(column) : null, StringComparer.Ordinal);
        return new SheetItem(source.Ref, sequenceNumber, values, source.File, fault);
    }

    private static GenerationError? FaultOf(SourceFile? file, IReadOnlyList<string> columns) =>
        file is { MediaType: "application/octet-stream" } && columns.Contains(VolumeColumns.Content)
            ? new GenerationError("content_unsupported", $"A file of type {file.MediaType} has no text.")
            : null;

    private IEnumerable<Source> FilesBelow(VolumeSource volume)
    {
        var prefix = $"{volume.Directory}/";
        foreach (var (path, bytes) in _files.Where(file => file.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var relative = path[prefix.Length..];
            if (relative.Split('/').Any(segment => segment.StartsWith('.'))) continue;
            var file = FileOf(volume.Directory.Append(relative).Value, bytes);
            var name = relative.Split('/')[^1];
            yield return new Source(new ItemRef(relative), new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [VolumeColumns.Path] = relative,
                [VolumeColumns.Name] = name,
                [VolumeColumns.Extension] = ExtensionOf(name),
                [VolumeColumns.SizeBytes] = file.SizeBytes,
                [VolumeColumns.MediaType] = file.MediaType,
                [VolumeColumns.Content] = file.IsImage ? null : Encoding.UTF8.GetString(bytes),
            }, file);
        }
    }

    private bool Exists(SheetSource source) => source switch
    {
        TableSource table => _anyTable is not null || _tables.ContainsKey(table.Table.ToString()),
        VolumeSource volume => _directories.Contains(volume.Directory.ToString())
            || _files.Keys.Any(path => path.StartsWith($"{volume.Directory}/", StringComparison.Ordinal)),
        _ => false,
    };

    private List<IReadOnlyDictionary<string, object?>> RowsOf(TableSource table) =>
        _tables.GetValueOrDefault(table.Table.ToString()) ?? _anyTable ?? [];

    private bool Passes(Sheet sheet, IReadOnlyDictionary<string, object?> row) =>
        sheet.FilterExpression is not { } filter || _filters[filter](row);

    private static SourceFile FileOf(VolumePath path, byte[] bytes) => new(path, MediaTypeOf(ExtensionOf(path.Relative)), bytes.Length);

    private static string ExtensionOf(string name) => name.LastIndexOf('.') is var dot and >= 0 ? name[(dot + 1)..].ToLowerInvariant() : string.Empty;

    private static string MediaTypeOf(string extension) => extension switch
    {
        "png" => "image/png",
        "jpg" or "jpeg" => "image/jpeg",
        "txt" => "text/plain",
        "json" => "application/json",
        _ => "application/octet-stream",
    };

    private static string? TextOf(object? value) => value is bool flag
        ? flag ? "true" : "false"
        : Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    // MD5 spreads items evenly; nothing relies on it against an adversary.
#pragma warning disable CA5351
    private static string HashOf(SheetId sheet, ItemRef item) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes($"{sheet}/{item}")));
#pragma warning restore CA5351

    private sealed record Source(ItemRef Ref, IReadOnlyDictionary<string, object?> Values, SourceFile? File = null);
}
