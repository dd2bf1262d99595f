using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>The images that belong to an item: its image columns, or the image file it is.</summary>
internal static class ItemImages
{
    private static readonly Result<IReadOnlyList<string>> None = Result<IReadOnlyList<string>>.Of([]);

    /// <summary>Their <c>/Volumes/...</c> paths, in the order of the columns; a blank cell has none.</summary>
    public static Result<IReadOnlyList<string>> Find(Sheet sheet, SheetItem item)
    {
        if (item.File is { } file) return Result<IReadOnlyList<string>>.Of(file.IsImage ? [file.Path.ToString()] : []);
        if (sheet.ImageColumns.Count == 0) return None;

        var images = new List<string>(sheet.ImageColumns.Count);
        foreach (var column in sheet.ImageColumns)
        {
            var value = item.Values[column];
            if (value is null || (value is string text && string.IsNullOrWhiteSpace(text))) continue;
            if (value is not string path || !path.StartsWith("/Volumes/", StringComparison.Ordinal) || !VolumePath.Parse(path).IsSuccess)
            {
                return GenerationErrors.ImageUnreadable($"The column '{column}' must hold a path /Volumes/catalog/schema/volume/file.");
            }

            images.Add(VolumePath.Parse(path).Value.ToString());
        }

        return Result<IReadOnlyList<string>>.Of(images);
    }
}
