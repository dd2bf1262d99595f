using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>Sheets in a store that speaks SQL.</summary>
internal sealed class SqlSheetRepository(ISqlSession session) : ISheetRepository
{
    private static readonly TableDefinition<SheetDraft> Table = SheetRows.Table;

    public async Task<Sheet?> FindAsync(SheetId id, CancellationToken cancellationToken) =>
        (await session.QueryAsync(Table.Select(IdIs(id)), SheetRows.Read, cancellationToken)).SingleOrDefault();

    public async Task<Page<Sheet>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var condition = TableSql.After(Table.Key, page.After) ?? SqlStatement.Of($"TRUE");
        var query = SqlStatement.Of($"{Table.Select(condition)} ORDER BY {Table.Key} LIMIT {page.Limit + 1}");
        return Page<Sheet>.Of(await session.QueryAsync(query, SheetRows.Read, cancellationToken), page.Limit, sheet => [sheet.Id.Value]);
    }

    public async Task<bool> AddAsync(Sheet sheet, CancellationToken cancellationToken) =>
        await session.WriteAsync(writer => writer.ExecuteAsync(Table.InsertIfAbsent(sheet.ToDraft())), cancellationToken) > 0;

    public async Task<bool> ReplaceAsync(Sheet sheet, CancellationToken cancellationToken) => await session.WriteAsync(
        writer => writer.ExecuteAsync(Table.Update(sheet.ToDraft(), Table.Except("id"), IdIs(sheet.Id)), repeatable: true), cancellationToken) > 0;

    public async Task<bool> DeleteAsync(SheetId id, CancellationToken cancellationToken) =>
        await session.WriteAsync(writer => writer.ExecuteAsync(Table.Delete(IdIs(id))), cancellationToken) > 0;

    private static SqlStatement IdIs(SheetId id) => SqlStatement.Of($"{Table["id"]} = {id.Value}");
}
