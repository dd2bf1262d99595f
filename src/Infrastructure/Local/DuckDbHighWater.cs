using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Infrastructure.Local;

/// <summary>
/// How far a table that grows in order has come, by the first part of its key. What lies above the mark is not in the table, so it is appended
/// without a search: an index would cost as much as all else together, and a search a look at the whole table for every batch.
/// </summary>
/// <remarks>
/// A mark may be too high, after rows were deleted or a commit failed; the rows below it are then searched for in vain. It is never too low,
/// as this process alone writes to the database, one writer at a time, and whoever writes asks for the mark first.
/// </remarks>
internal sealed class DuckDbHighWater
{
    private readonly Dictionary<(string Table, string Group), ItemRef?> _marks = [];

    /// <summary>Takes <paramref name="values"/> as added, and answers where the mark was; <paramref name="find"/> looks for it in the table, once.</summary>
    public ItemRef? Raise(string table, string group, IEnumerable<ItemRef?> values, Func<ItemRef?> find)
    {
        if (!_marks.TryGetValue((table, group), out var mark)) mark = find();
        _marks[(table, group)] = values.Append(mark).Max();
        return mark;
    }
}
