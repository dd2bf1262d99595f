using System.Collections.Concurrent;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Testing.Fakes;

/// <summary>Sheets in memory.</summary>
public sealed class InMemorySheetRepository(params IEnumerable<Sheet> sheets) : ISheetRepository
{
    private readonly ConcurrentDictionary<SheetId, Sheet> _sheets = new(sheets.ToDictionary(sheet => sheet.Id));

    /// <inheritdoc />
    public Task<Sheet?> FindAsync(SheetId id, CancellationToken cancellationToken) => Task.FromResult(_sheets.GetValueOrDefault(id));

    /// <inheritdoc />
    public Task<Page<Sheet>> ListAsync(PageRequest page, CancellationToken cancellationToken) => Task.FromResult(Page<Sheet>.Of(
        [
            .. _sheets.Values
                .Where(sheet => page.After is null || string.CompareOrdinal(sheet.Id.Value, page.After[0]) > 0)
                .OrderBy(sheet => sheet.Id.Value, StringComparer.Ordinal)
                .Take(page.Limit + 1),
        ],
        page.Limit,
        sheet => [sheet.Id.Value]));

    /// <inheritdoc />
    public Task<bool> AddAsync(Sheet sheet, CancellationToken cancellationToken) => Task.FromResult(_sheets.TryAdd(sheet.Id, sheet));

    /// <inheritdoc />
    public Task<bool> ReplaceAsync(Sheet sheet, CancellationToken cancellationToken) =>
        Task.FromResult(_sheets.TryGetValue(sheet.Id, out var stored) && _sheets.TryUpdate(sheet.Id, sheet, stored));

    /// <inheritdoc />
    public Task<bool> DeleteAsync(SheetId id, CancellationToken cancellationToken) => Task.FromResult(_sheets.TryRemove(id, out _));
}
