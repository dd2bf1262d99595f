using System.Globalization;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>Training sheets, and the writing of their pairs, in a store that speaks SQL.</summary>
internal sealed class SqlTrainingSheetRepository(ISqlSession session) : ITrainingSheetRepository
{
    private const string RoundTrip = "O";
    private static readonly TableDefinition<TrainingSheetState> Table = TrainingSheetRows.Table;
    private static readonly IReadOnlyList<ColumnDefinition<TrainingSheetState>> Moved = [.. TrainingSheetRows.Standing, .. Table.Only("run_epoch", "job_run_id")];

    public async Task<TrainingSheet?> FindAsync(TrainingSheetId id, CancellationToken cancellationToken) =>
        (await session.QueryAsync(Table.Select(IdIs(id)), TrainingSheetRows.Read, cancellationToken)).SingleOrDefault();

    public async Task<Page<TrainingSheet>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var query = SqlStatement.Of($"{Table.Select(After(page.After))} ORDER BY {Table["created_at"]} DESC, {Table["id"]} LIMIT {page.Limit + 1}");
        return Page<TrainingSheet>.Of(
            await session.QueryAsync(query, TrainingSheetRows.Read, cancellationToken),
            page.Limit,
            sheet => [sheet.State.CreatedAt.ToString(RoundTrip, CultureInfo.InvariantCulture), sheet.Id.Value]);
    }

    public async Task<IReadOnlyList<TrainingSheetId>> ListGeneratingAsync(CancellationToken cancellationToken)
    {
        var query = SqlStatement.Of($"SELECT {Table["id"]} FROM {Table} WHERE {Is(TrainingSheetStatus.Generating)} ORDER BY {Table.Only("created_at", "id")}");
        return await session.QueryAsync(query, row => new TrainingSheetId(row.Text("id")), cancellationToken);
    }

    public async Task<bool> AddAsync(TrainingSheet sheet, CancellationToken cancellationToken) =>
        await session.WriteAsync(writer => writer.ExecuteAsync(Table.InsertIfAbsent(sheet.State), repeatable: true), cancellationToken) > 0;

    public Task NoteJobRunAsync(TrainingSheetId id, string? jobRunId, CancellationToken cancellationToken)
    {
        var run = new SqlValue(Table["job_run_id"].Kind, jobRunId);
        var note = SqlStatement.Of($"UPDATE {Table} SET {Table["job_run_id"]} = {run} WHERE {IdIs(id)}");
        return session.WriteAsync(writer => writer.ExecuteAsync(note, repeatable: true), cancellationToken);
    }

    public async Task<bool> SaveAsync(TrainingSheet sheet, CancellationToken cancellationToken) =>
        await session.WriteAsync(writer => SaveAsync(writer, sheet), cancellationToken);

    public async Task<bool> RenewAsync(TrainingSheet sheet, CancellationToken cancellationToken) => await session.WriteAsync(
        writer => writer.ExecuteAsync(Table.Update(sheet.State, Table.Only("run_seen_at"), IsStill(TrainingSheetStatus.Generating, sheet)), repeatable: true), cancellationToken) > 0;

    public async Task<bool> MoveAsync(TrainingSheet sheet, TrainingSheet from, CancellationToken cancellationToken)
    {
        var unseen = from.Lease.SeenAt is { } seen ? SqlStatement.Of($"{Table["run_seen_at"]} = {seen}") : null;
        var move = Table.Update(sheet.State, Moved, SqlStatement.All(IsStill(from.Status, from), unseen));
        return await session.WriteAsync(writer => writer.ExecuteAsync(move, repeatable: true), cancellationToken) > 0;
    }

    public Task<bool> CommitBatchAsync(TrainingSheet sheet, IReadOnlyCollection<QAPair> pairs, CancellationToken cancellationToken)
    {
        Check(sheet, pairs);
        return session.WriteAsync(
            async writer =>
            {
                if (!await SaveAsync(writer, sheet)) return false;
                if (pairs.Count > 0) await writer.PutAsync(QAPairRows.Table, pairs);
                return true;
            },
            cancellationToken);
    }

    // Pairs go first, so that where this is two commits no pair is left without its training sheet.
    public async Task<bool> DeleteAsync(TrainingSheetId id, CancellationToken cancellationToken) => await session.WriteAsync(
        async writer =>
        {
            await writer.ExecuteAsync(QAPairRows.Table.Delete(SqlStatement.Of($"{QAPairRows.Table["training_sheet_id"]} = {id.Value}")), repeatable: true);
            return await writer.ExecuteAsync(Table.Delete(IdIs(id)));
        },
        cancellationToken) > 0;

    private static void Check(TrainingSheet sheet, IReadOnlyCollection<QAPair> pairs)
    {
        var ids = new HashSet<QAPairId>(pairs.Count);
        foreach (var pair in pairs)
        {
            if (pair.State.TrainingSheetId != sheet.Id) throw new ArgumentException($"A pair of '{pair.State.TrainingSheetId}' is no pair of '{sheet.Id}'.", nameof(pairs));
            if (!ids.Add(pair.Id)) throw new ArgumentException($"The pair '{pair.Id}' stands twice in one batch.", nameof(pairs));
        }
    }

    // Where a store lost a reply and does it again, the answer may be false for what was done the first time: whoever is told so reads the training sheet again.
    private static async Task<bool> SaveAsync(ISqlWriter writer, TrainingSheet sheet) => await writer.ExecuteAsync(
        Table.Update(sheet.State, TrainingSheetRows.Standing, IsStill(TrainingSheetStatus.Generating, sheet)), repeatable: true) > 0;

    // The epoch is null in a row of before there were leases.
    private static SqlStatement IsStill(TrainingSheetStatus status, TrainingSheet read) =>
        SqlStatement.All(IdIs(read.Id), Is(status), SqlStatement.Of($"coalesce({Table["run_epoch"]}, 0) = {read.Lease.Epoch}"));

    private static SqlStatement Is(TrainingSheetStatus status) => SqlStatement.Of($"{Table["status"]} = {SnakeCase<TrainingSheetStatus>.Of(status)}");

    private static SqlStatement IdIs(TrainingSheetId id) => SqlStatement.Of($"{Table["id"]} = {id.Value}");

    private static SqlStatement After(IReadOnlyList<string>? key)
    {
        if (key is null) return SqlStatement.Of($"TRUE");
        var (createdAt, id) = (Table["created_at"], Table["id"]);
        var at = DateTimeOffset.ParseExact(key[0], RoundTrip, CultureInfo.InvariantCulture);
        return SqlStatement.Of($"({createdAt} < {at} OR ({createdAt} = {at} AND {id} > {key[1]}))");
    }
}
