using System.Runtime.CompilerServices;
using DuckDB.NET.Data;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Sources;
using Mirion.Generation.Infrastructure.Sources.Queries;

namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>The rows of tables as items.</summary>
internal sealed class TableItems(SourceDatabase database, TableShapes shapes) : ISourceItems
{
    private readonly TableFiles _files = new(database.Folder);

    public async Task<Result<SourceDescription>> DescribeAsync(Sheet sheet, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        var opened = await SheetTable.OpenAsync(connection, sheet, _files, shapes, cancellationToken);
        return opened.Map<SourceDescription>(table => new SourceDescription([.. table.Shape.Columns.Select(column => new SourceColumn(column.Name, column.Type))]));
    }

    public async Task<Result<SheetCensus>> TakeCensusAsync(Sheet sheet, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        if (!(await SheetTable.OpenAsync(connection, sheet, _files, shapes, cancellationToken)).TryGet(out var table, out var error)) return error;
        try
        {
            var (rows, nameless, repeated) = await TableQueries.Census(table)
                .SingleAsync(connection, row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), cancellationToken);
            table.File.EnsureUnchanged();
            if (nameless > 0) return SheetColumns.Nameless(table.Id.Name, nameless, rows);
            if (repeated > 0) return SheetErrors.ItemIdNotUnique(table.Id.Name, repeated);
            return new SheetCensus(Math.Min(rows, sheet.SampleSize ?? long.MaxValue));
        }
        catch (DuckDBException e)
        {
            return DuckDbFaults.Explain(e, table.File, table.Filter is not null);
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<SheetItem>> ReadPagesAsync(
        SheetReading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        var table = (await SheetTable.OpenAsync(connection, reading.Sheet, _files, shapes, cancellationToken)).OrThrow();
        var reader = table.Shape.ReaderOf(table.ColumnsOf(reading.Columns));
        await using var rows = await OpenAsync(connection, table, TableQueries.Items(table, reader.Selected, reading.Limit), cancellationToken);
        var next = 0L;
        List<SheetItem> page;
        do
        {
            page = await TakeAsync(rows, table, reading.PageSize, row => ItemOf(table, reader, row, next++));
            // Nothing comes out of a sort before everything has gone in: from here on the file is not needed.
            if (next <= reading.PageSize) table.File.EnsureUnchanged();
            if (page.Count > 0) yield return page;
        }
        while (page.Count == reading.PageSize);
    }

    public async Task<IReadOnlyList<SheetItem>> ReadItemsAsync(
        Sheet sheet, IReadOnlyList<string> columns, IReadOnlyCollection<ItemRef> items, CancellationToken cancellationToken)
    {
        if (items.Count == 0) return [];
        await using var connection = database.Open();
        var table = (await SheetTable.OpenAsync(connection, sheet, _files, shapes, cancellationToken)).OrThrow();
        var reader = table.Shape.ReaderOf(table.ColumnsOf(columns));
        // DuckDB 1.5.6 pushes the names, as a join's dynamic filter, below the LIMIT that makes a sample of a Parquet file, and so samples among
        // the named only. A sample is read as it is, and parted here.
        var sampled = sheet.Sampling is not SamplingStrategy.All;
        var query = sampled ? TableQueries.Items(table, reader.Selected, limit: null) : TableQueries.Named(table, reader.Selected, items);
        await using var rows = await OpenAsync(connection, table, query, cancellationToken);
        var found = await TakeAsync(rows, table, int.MaxValue, row => ItemOf(table, reader, row, -1));
        table.File.EnsureUnchanged();
        return sampled ? Among(found, items) : found;
    }

    private static List<SheetItem> Among(List<SheetItem> sample, IReadOnlyCollection<ItemRef> items)
    {
        var wanted = items.ToHashSet();
        return sample.FindAll(item => wanted.Contains(item.Ref));
    }

    private static SheetItem ItemOf(SheetTable table, RowReader reader, DuckDBDataReader row, long sequenceNumber) => row.IsDBNull(0) || row.GetString(0) is not { Length: > 0 } name
        ? throw SourceFailures.While(SheetColumns.NamelessRow(table.File.Source))
        : new SheetItem(new ItemRef(name), sequenceNumber, reader.Read(row, 1));

    private static async Task<QueryRows> OpenAsync(DuckDBConnection connection, SheetTable table, SqlQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await QueryRows.OpenAsync(connection, query, cancellationToken);
        }
        catch (DuckDBException e)
        {
            throw SourceFailures.While(DuckDbFaults.Explain(e, table.File, table.Filter is not null), e);
        }
    }

    private static async Task<List<SheetItem>> TakeAsync(QueryRows rows, SheetTable table, int count, Func<DuckDBDataReader, SheetItem> read)
    {
        try
        {
            return await rows.TakeAsync(count, read);
        }
        catch (DuckDBException e)
        {
            throw SourceFailures.While(DuckDbFaults.Explain(e, table.File, table.Filter is not null), e);
        }
    }
}
