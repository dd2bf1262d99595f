using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Infrastructure.Sources;

/// <summary>The columns that a sheet names, against those that its source has.</summary>
internal static class SheetColumns
{
    /// <summary>The refusal of the first column that the source lacks, or null.</summary>
    public static Error? FindUnknown(Sheet sheet, IReadOnlyCollection<string> known)
    {
        var fields = new[] { ("text_columns", sheet.TextColumns), ("image_columns", sheet.ImageColumns), ("metadata_columns", sheet.MetadataColumns) };
        foreach (var (field, columns) in fields)
        {
            if (columns.FirstOrDefault(column => !known.Contains(column)) is { } unknown) return SheetErrors.ColumnUnknown(field, unknown, known);
        }

        return null;
    }

    /// <summary>The table lacks the column that is to name the items.</summary>
    public static Error IdMissing(TableSource source, IReadOnlyCollection<string> known) => SheetErrors.ItemIdMissing(
        $"The table '{source}' has no column '{source.ItemIdColumn}'. {Nearest.Question(source.ItemIdColumn, known)}Its columns are: {string.Join(", ", known)}.");

    /// <summary>The column's values cannot name items.</summary>
    public static Error IdWithoutText(string column, string reason) => SheetErrors.ItemIdMissing($"The column '{column}' cannot name items: it {reason}.");

    /// <summary>Some rows have nothing in the column that names the items.</summary>
    public static Error Nameless(string column, long nameless, long rows) =>
        SheetErrors.ItemIdMissing($"{nameless} of {rows} rows have nothing in the column '{column}', so nothing names them.");

    /// <summary>A row that was read has nothing in the column that names the items.</summary>
    public static Error NamelessRow(TableSource source) => SheetErrors.ItemIdMissing($"A row of the table '{source}' has nothing in the column '{source.ItemIdColumn}'.");
}
