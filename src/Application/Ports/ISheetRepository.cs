using Mirion.Generation.Application.Common;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Ports;

/// <summary>The sheets that are defined. Every method is one complete operation; writes are committed when it returns.</summary>
public interface ISheetRepository
{
    /// <summary>The sheet of this id, or null.</summary>
    Task<Sheet?> FindAsync(SheetId id, CancellationToken cancellationToken);

    /// <summary>Sheets by id, in ascending code point order. The sort key is [id].</summary>
    Task<Page<Sheet>> ListAsync(PageRequest page, CancellationToken cancellationToken);

    /// <summary>Adds a sheet; false, and nothing changed, when the id is taken.</summary>
    Task<bool> AddAsync(Sheet sheet, CancellationToken cancellationToken);

    /// <summary>Replaces a sheet; false when there is none of this id.</summary>
    Task<bool> ReplaceAsync(Sheet sheet, CancellationToken cancellationToken);

    /// <summary>Deletes a sheet, not its labels or training sheets; false when there was none.</summary>
    Task<bool> DeleteAsync(SheetId id, CancellationToken cancellationToken);
}
