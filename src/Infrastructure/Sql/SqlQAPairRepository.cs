using System.Globalization;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>Q&amp;A pairs in a store that speaks SQL.</summary>
internal sealed class SqlQAPairRepository(ISqlSession session) : IQAPairRepository
{
    private static readonly TableDefinition<QAPair> Table = QAPairRows.Table;

    public async Task<QAPair?> FindAsync(QAPairId id, CancellationToken cancellationToken) =>
        (await session.QueryAsync(Table.Select(SqlStatement.Of($"{Table["id"]} = {id.Value}")), QAPairRows.Read, cancellationToken)).SingleOrDefault();

    public async Task<IReadOnlyList<QAPair>> FindAllAsync(IReadOnlyCollection<QAPairId> ids, CancellationToken cancellationToken)
    {
        var found = new List<QAPair>(ids.Count);
        foreach (var texts in TextBatches.Of(ids.Select(id => id.ToString())))
        {
            var query = Table.Select(SqlStatement.Of($"CAST({Table["id"]} AS {new SqlType(ColumnKind.Text)}) IN ({new SqlTexts(texts)})"));
            await foreach (var pair in session.StreamAsync(query, QAPairRows.Read, cancellationToken)) found.Add(pair);
        }

        return found;
    }

    public async Task<Page<QAPair>> ListAsync(TrainingSheetId id, QAPairFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var condition = SqlStatement.All(
            Meets(id, filter),
            page.After is { } key ? SqlStatement.Of($"{Table["sequence_number"]} > {long.Parse(key[0], CultureInfo.InvariantCulture)}") : null);
        var query = SqlStatement.Of($"{Table.Select(condition)} ORDER BY {Table["sequence_number"]} LIMIT {page.Limit + 1}");
        // A page of long chats is more than comes with a reply.
        return Page<QAPair>.Of(
            await session.StreamAsync(query, QAPairRows.Read, cancellationToken).ToListAsync(cancellationToken),
            page.Limit,
            pair => [pair.State.SequenceNumber.ToString(CultureInfo.InvariantCulture)]);
    }

    public IAsyncEnumerable<QAPair> StreamAsync(TrainingSheetId id, QAPairFilter filter, CancellationToken cancellationToken) => session.StreamAsync(
        SqlStatement.Of($"{Table.Select(Meets(id, filter))} ORDER BY {Table["sequence_number"]}"), QAPairRows.Read, cancellationToken);

    public IAsyncEnumerable<PairMark> StreamMarksAsync(TrainingSheetId id, CancellationToken cancellationToken) => session.StreamAsync(
        SqlStatement.Of($"SELECT {new SqlSelection(QAPairRows.Mark)} FROM {Table} WHERE {BelongsTo(id)} ORDER BY {Table["item_ref"]}"),
        QAPairRows.ReadMark,
        cancellationToken,
        aside: true);

    public async Task<PairTally> TallyAsync(TrainingSheetId id, CancellationToken cancellationToken)
    {
        return QAPairRows.ReadTally(await session.QueryAsync(QAPairRows.CountByStatus(id), QAPairRows.ReadStatusCount, cancellationToken));
    }

    public async Task<IReadOnlyList<PairCount>> CountAsync(TrainingSheetId id, CancellationToken cancellationToken)
    {
        var alike = QAPairRows.Alike;
        var query = SqlStatement.Of($"SELECT {new SqlSelection(alike)}, count(*) AS pairs FROM {Table} WHERE {BelongsTo(id)} GROUP BY {alike}");
        return await session.QueryAsync(
            query, row => new PairCount(row.Word<QAPairStatus>("status"), UsageColumns.ReadUses(row), row.Number("pairs")), cancellationToken);
    }

    public async Task<PairComparison> CompareAsync(TrainingSheetId here, TrainingSheetId there, PageRequest page, CancellationToken cancellationToken)
    {
        var counts = await session.QueryAsync(PairComparisonStatements.Count(here, there), PairComparisonStatements.ReadCount, cancellationToken);
        // A page of long answers is more than comes with a reply.
        var differences = await session.StreamAsync(
            PairComparisonStatements.Differences(here, there, page), row => PairComparisonStatements.ReadDifference(row, here, there), cancellationToken).ToListAsync(cancellationToken);
        return new PairComparison(counts[0], Page<PairDifference>.Of(differences, page.Limit, difference => [difference.ItemRef.Value]));
    }

    private static SqlStatement Meets(TrainingSheetId id, QAPairFilter filter) => SqlStatement.All(
        BelongsTo(id),
        filter.Status is { } status ? SqlStatement.Of($"{Table["status"]} = {SnakeCase<QAPairStatus>.Of(status)}") : null,
        filter.LabelingMode is { } mode ? SqlStatement.Of($"{Table["labeling_mode"]} = {SnakeCase<LabelingMode>.Of(mode)}") : null);

    private static SqlStatement BelongsTo(TrainingSheetId id) => SqlStatement.Of($"{Table["training_sheet_id"]} = {id.Value}");
}
