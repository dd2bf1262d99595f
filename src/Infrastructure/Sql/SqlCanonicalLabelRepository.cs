using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Sheets;
using static Mirion.Generation.Infrastructure.Sql.CanonicalLabelStatements;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>Canonical labels in a store that speaks SQL.</summary>
internal sealed class SqlCanonicalLabelRepository(ISqlSession session, LabelWrites writes) : ICanonicalLabelRepository
{
    private static readonly TableDefinition<CanonicalLabel> Table = CanonicalLabelRows.Table;

    // A page or two are looked up as they are.
    private const int FewItems = 2000;

    public async Task<CanonicalLabel?> FindAsync(CanonicalLabelId id, CancellationToken cancellationToken) =>
        (await session.QueryAsync(Table.Select(IdIs(id)), CanonicalLabelRows.Read, cancellationToken)).SingleOrDefault();

    public async Task<IReadOnlyDictionary<ItemRef, CanonicalLabel>> FindForItemsAsync(
        SheetId sheetId, LabelType labelType, IReadOnlyCollection<ItemRef> items, CancellationToken cancellationToken)
    {
        var found = new Dictionary<ItemRef, CanonicalLabel>(items.Count);
        foreach (var refs in TextBatches.Of(items.Distinct().Select(item => item.Value)))
        {
            var wanted = SqlStatement.Of($"{Table["item_ref"]} IN ({new SqlTexts(refs)})");
            var query = Table.Select(Meets(new LabelFilter(sheetId, labelType), wanted));
            await foreach (var label in session.StreamAsync(query, CanonicalLabelRows.Read, cancellationToken)) found.Add(label.Key.ItemRef, label);
        }

        return found;
    }

    /// <summary>How often this process, which may be the only one that does, has written labels.</summary>
    public long Writes => writes.Count;

    public ILabelLookup BeginLookup(SheetId sheetId, LabelType labelType, long items) => session.KeepsStreams && items > FewItems
        ? new SqlLabelLookup(this, sheetId, labelType, items)
        : new LabelPages(this, sheetId, labelType);

    /// <summary>The labels of one type of a sheet from an item on, by item in ascending order, as they are now.</summary>
    public IAsyncEnumerable<CanonicalLabel> StreamFrom(SheetId sheetId, LabelType labelType, ItemRef first, CancellationToken cancellationToken)
    {
        var condition = Meets(new LabelFilter(sheetId, labelType), SqlStatement.Of($"{Table["item_ref"]} >= {first.Value}"));
        var query = SqlStatement.Of($"SELECT {new SqlSelection(CanonicalLabelRows.ForOneSheet)} FROM {Table} WHERE {condition} ORDER BY {Table["item_ref"]}");
        return session.StreamAsync(query, row => CanonicalLabelRows.Read(row, sheetId, labelType), cancellationToken, aside: true);
    }

    public async Task<Page<CanonicalLabel>> ListAsync(LabelFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var condition = Meets(filter, TableSql.After(SortKey, page.After));
        var query = SqlStatement.Of($"{Table.Select(condition)} ORDER BY {SortKey} LIMIT {page.Limit + 1}");
        return Page<CanonicalLabel>.Of(
            await session.StreamAsync(query, CanonicalLabelRows.Read, cancellationToken).ToListAsync(cancellationToken),
            page.Limit,
            label => [label.Key.SheetId.Value, label.Key.ItemRef.Value, label.Key.LabelType.Value]);
    }

    public IAsyncEnumerable<CanonicalLabel> StreamAsync(SheetId sheetId, LabelType labelType, CancellationToken cancellationToken) => session.StreamAsync(
        SqlStatement.Of($"{Table.Select(Meets(new LabelFilter(sheetId, labelType)))} ORDER BY {Table["item_ref"]}"), CanonicalLabelRows.Read, cancellationToken);

    public async Task<long> CountAsync(SheetId sheetId, LabelType labelType, CancellationToken cancellationToken)
    {
        var query = SqlStatement.Of($"SELECT count(*) AS labels FROM {Table} WHERE {Meets(new LabelFilter(sheetId, labelType))}");
        return (await session.QueryAsync(query, row => row.Number("labels"), cancellationToken)).Single();
    }

    public Task<IReadOnlyList<LabelTypeUse>> SumUpAsync(SheetId sheetId, CancellationToken cancellationToken) =>
        session.QueryAsync(LabelUseStatements.SumUp(sheetId), LabelUseStatements.Read, cancellationToken);

    public Task<IReadOnlyList<CanonicalLabel>> ListVersionsAsync(CanonicalLabelId id, CancellationToken cancellationToken) =>
        session.QueryAsync(ListVersions(id), CanonicalLabelRows.Read, cancellationToken);

    public async Task<StoredLabel> UpsertAsync(CanonicalLabel label, CancellationToken cancellationToken)
    {
        var stored = await session.WriteAsync(
            async writer =>
            {
                var before = await writer.QueryAsync(SqlStatement.Of($"SELECT count(*) AS labels FROM {Present(label.Id)} AS l"), row => row.Number("labels"));
                await LabelWrites.UpsertAsync(writer, Row(label), expected: 1, Described);
                return new StoredLabel((await writer.QueryAsync(Table.Select(IdIs(label.Id)), CanonicalLabelRows.Read)).Single(), Created: before[0] == 0);
            },
            cancellationToken,
            subject: label.Id.Value);
        writes.Note();
        return stored;
    }

    public async Task<ILabelImport> BeginImportAsync(CancellationToken cancellationToken) =>
        new SqlLabelImport(writes, await session.StageAsync(Table, cancellationToken));

    public async Task<bool> DeleteAsync(CanonicalLabelId id, CancellationToken cancellationToken)
    {
        var deleted = await session.WriteAsync(writer => LabelWrites.DeleteAsync(writer, id), cancellationToken);
        writes.Note();
        return deleted;
    }

    private sealed class SqlLabelImport(LabelWrites writes, ISqlStaging<CanonicalLabel> staging) : ILabelImport
    {
        public Task AddAsync(IReadOnlyCollection<CanonicalLabel> labels, CancellationToken cancellationToken) => staging.AddAsync(labels, cancellationToken);

        public async Task<ImportCount> CommitAsync(CancellationToken cancellationToken)
        {
            var count = await staging.CommitAsync(
                async (writer, staged) =>
                {
                    var counts = await writer.QueryAsync(Count(staged), row => (Staged: row.Number("staged"), Found: row.Number("found")));
                    await LabelWrites.UpsertAsync(writer, SqlStatement.Of($"{staged}"), counts[0].Staged, Described);
                    return new ImportCount(counts[0].Staged - counts[0].Found, counts[0].Found);
                },
                cancellationToken);
            writes.Note();
            return count;
        }

        public ValueTask DisposeAsync() => staging.DisposeAsync();
    }
}
