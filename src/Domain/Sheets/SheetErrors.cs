using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Domain.Sheets;

/// <summary>The refusals that concern sheets and their sources.</summary>
public static class SheetErrors
{
    /// <summary>No sheet has this id.</summary>
    public static Error NotFound(SheetId id) => new(ErrorKind.NotFound, "sheet_not_found", $"There is no sheet '{id}'.");

    /// <summary>A sheet of this id exists already.</summary>
    public static Error AlreadyExists(SheetId id) =>
        new(ErrorKind.Conflict, "sheet_exists", $"There is a sheet '{id}' already. Change it with PUT, or choose another id.");

    /// <summary>The table or directory does not exist.</summary>
    public static Error SourceNotFound(SheetSource source, string hint) =>
        new(ErrorKind.Unprocessable, "source_not_found", $"The source '{source}' does not exist. {hint}");

    /// <summary>The source exists, but cannot be read as what it claims to be.</summary>
    public static Error SourceUnreadable(SheetSource source, string reason) =>
        new(ErrorKind.Unprocessable, "source_not_found", $"The source '{source}' cannot be read: {reason}");

    /// <summary>The table has no such column, or the column has nulls.</summary>
    public static Error ItemIdMissing(string detail) => new(ErrorKind.Unprocessable, "item_id_missing", detail);

    /// <summary>Two items share a name.</summary>
    public static Error ItemIdNotUnique(string column, long duplicates) => new(
        ErrorKind.Unprocessable,
        "item_id_not_unique",
        $"The column '{column}' must name each item once, but {duplicates} of its values stand more than once.");

    /// <summary>No item is left.</summary>
    public static Error Empty(SheetSource source) => new(
        ErrorKind.Unprocessable,
        "sheet_empty",
        $"The source '{source}' has no item to generate from, after filter and sampling.");

    /// <summary>The definition names columns that the source lacks.</summary>
    public static Error ColumnUnknown(string field, string column, IEnumerable<string> columns) => new(
        ErrorKind.Unprocessable,
        "column_unknown",
        $"{field} names '{column}', which the source does not have. Its columns are: {string.Join(", ", columns)}.");

    /// <summary>The filter is not an expression over the source's columns.</summary>
    public static Error FilterInvalid(string reason) => new(ErrorKind.Unprocessable, "filter_invalid", $"filter_expression: {reason}");

    /// <summary>The sheet has no such item.</summary>
    public static Error ItemNotFound(SheetId id, ItemRef item) => new(ErrorKind.NotFound, "item_not_found", $"Sheet '{id}' has no item '{item}'.");

    /// <summary>The item's cell names no file.</summary>
    public static Error FileNotFound(ItemRef item, string column) =>
        new(ErrorKind.NotFound, "file_not_found", $"The column '{column}' of item '{item}' names no file.");
}
