using System.Runtime.CompilerServices;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Databricks.Sql;
using Mirion.Generation.Infrastructure.Sources;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Tables;

/// <summary>The rows of tables and views of Unity Catalog as items, read on a warehouse with the user's own rights.</summary>
internal sealed class DeltaItems(DeltaTables tables, Warehouse warehouse) : ISourceItems
{
    public async Task<Result<SourceDescription>> DescribeAsync(Sheet sheet, CancellationToken cancellationToken)
    {
        var opened = await tables.OpenAsync(sheet, cancellationToken);
        return opened.Map<SourceDescription>(table => new SourceDescription([.. table.Columns.Select(column => new SourceColumn(column.Name, column.TypeText))]));
    }

    public async Task<Result<SheetCensus>> TakeCensusAsync(Sheet sheet, CancellationToken cancellationToken)
    {
        if (!(await tables.OpenAsync(sheet, cancellationToken)).TryGet(out var table, out var error)) return error;
        try
        {
            var counts = await warehouse.QueryAsync(
                DeltaQueries.Census(table), row => (Rows: row.Number("total"), Nameless: row.Number("nameless"), Repeated: row.Number("repeated")), StatementRights.User, cancellationToken);
            var (rows, nameless, repeated) = counts[0];
            if (nameless > 0) return SheetColumns.Nameless(table.Id.Name, nameless, rows);
            if (repeated > 0) return SheetErrors.ItemIdNotUnique(table.Id.Name, repeated);
            return new SheetCensus(Math.Min(rows, sheet.SampleSize ?? long.MaxValue));
        }
        catch (StatementFailedException e) when (DeltaFaults.Explain(e, table) is { } refusal)
        {
            return refusal;
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<SheetItem>> ReadPagesAsync(
        SheetReading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var table = (await tables.OpenAsync(reading.Sheet, cancellationToken)).OrThrow();
        var columns = table.ColumnsOf(reading.Columns);
        var next = 0L;
        var page = new List<SheetItem>();
        await foreach (var item in StreamAsync(table, DeltaQueries.Items(table, columns, reading.Limit), row => ItemOf(table, columns, row, next++), cancellationToken))
        {
            page.Add(item);
            if (page.Count < reading.PageSize) continue;
            yield return page;
            page = [];
        }

        if (page.Count > 0) yield return page;
    }

    public async Task<IReadOnlyList<SheetItem>> ReadItemsAsync(
        Sheet sheet, IReadOnlyList<string> columns, IReadOnlyCollection<ItemRef> items, CancellationToken cancellationToken)
    {
        if (items.Count == 0) return [];
        var table = (await tables.OpenAsync(sheet, cancellationToken)).OrThrow();
        var selected = table.ColumnsOf(columns);
        var found = new List<SheetItem>();
        foreach (var names in TextBatches.Of(items.Distinct().Select(item => item.Value)))
        {
            await foreach (var item in StreamAsync(table, DeltaQueries.Named(table, selected, names), row => ItemOf(table, selected, row, -1), cancellationToken)) found.Add(item);
        }

        return found;
    }

    private static SheetItem ItemOf(DeltaTable table, IReadOnlyList<DeltaColumn> columns, SqlRow row, long sequenceNumber)
    {
        if (row.TextOrNull("ref") is not { Length: > 0 } name) throw DeltaFaults.While(SheetColumns.NamelessRow(table.Source));
        var values = new Dictionary<string, object?>(columns.Count, StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++) values[columns[i].Name] = DeltaValues.Read(row.TextOrNull(DeltaQueries.Value(i)), columns[i].Type);
        return new SheetItem(new ItemRef(name), sequenceNumber, values);
    }

    private async IAsyncEnumerable<SheetItem> StreamAsync(
        DeltaTable table, SqlStatement query, Func<SqlRow, SheetItem> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var rows = warehouse.StreamAsync(query, read, StatementRights.User, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await AdvanceAsync(rows, table)) yield return rows.Current;
    }

    private static async ValueTask<bool> AdvanceAsync(IAsyncEnumerator<SheetItem> rows, DeltaTable table)
    {
        try
        {
            return await rows.MoveNextAsync();
        }
        catch (StatementFailedException e) when (DeltaFaults.Explain(e, table) is { } refusal)
        {
            throw DeltaFaults.While(refusal, e);
        }
    }
}
