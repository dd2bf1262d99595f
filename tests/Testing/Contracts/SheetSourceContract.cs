using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Testing.Builders;
using NUnit.Framework;

namespace Mirion.Generation.Testing.Contracts;

/// <summary>What every adapter of <see cref="ISheetSource"/> keeps, whatever it reads.</summary>
public abstract partial class SheetSourceContract
{
    /// <summary>A filter that the rows of line A pass.</summary>
    protected const string LineA = "line = 'A'";

    /// <summary>Text that is no filter.</summary>
    protected const string NoFilter = "line = = 'A'";

    /// <summary>A table that is placed by the suite.</summary>
    protected const string TableName = "factory.quality.inspections";

    /// <summary>A volume that is placed by the suite.</summary>
    protected const string VolumeName = "/Volumes/factory/quality/photos";

    /// <summary>The adapter.</summary>
    protected abstract ISheetSource Source { get; }

    /// <summary>The code of what is thrown when a source cannot go on being read.</summary>
    protected virtual string FailureCode => "workspace_failed";

    /// <summary>Makes a table whose cells are text or null.</summary>
    protected abstract Task PlaceTableAsync(string table, string[] columns, params string?[][] rows);

    /// <summary>Makes a file at <c>/Volumes/...</c>.</summary>
    protected abstract Task PlaceFileAsync(string path, byte[] bytes);

    /// <summary>Makes a directory at <c>/Volumes/...</c>.</summary>
    protected abstract Task PlaceDirectoryAsync(string path);

    private static Sheet Sampled(Sheet sheet, string strategy, int size) =>
        Sheet.Create(sheet.Id, sheet.ToDraft() with { SamplingStrategy = strategy, SampleSize = size }).Value;

    private static string[] RefsOf(IEnumerable<SheetItem> items) => [.. items.Select(item => item.Ref.Value)];

    private async Task<Error> RefusalAsync(Sheet sheet) => (await Source.DescribeAsync(sheet, CancellationToken.None)).Error!;

    private async Task<List<SheetItem>> ReadAsync(Sheet sheet, string[] columns, int? limit = null, int pageSize = 100)
    {
        var items = new List<SheetItem>();
        await foreach (var page in Source.ReadPagesAsync(new SheetReading(sheet, columns, limit, pageSize), CancellationToken.None)) items.AddRange(page);
        Assert.That(items.Select(item => item.SequenceNumber), Is.EqualTo(Enumerable.Range(0, items.Count)));
        return items;
    }

    private async Task PlaceLinesAsync(int rows) => await PlaceTableAsync(
        TableName,
        ["inspection_id", "line", "notes"],
        [.. Enumerable.Range(0, rows).Select(i => new string?[] { $"INS-{rows - i:D4}", i % 2 == 0 ? "A" : "B", $"note {rows - i}" })]);

    private static Sheet Table(string? filter = null) => SheetBuilder.Table(table: TableName, filter: filter);
}
