using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Testing.Builders;

/// <summary>Sheets, legal by default.</summary>
public static class SheetBuilder
{
    /// <summary>A sheet over a table.</summary>
    public static Sheet Table(
        string id = "inspections",
        string? name = null,
        string table = "factory.quality.inspections",
        string itemIdColumn = "inspection_id",
        IReadOnlyList<string>? textColumns = null,
        IReadOnlyList<string>? imageColumns = null,
        IReadOnlyList<string>? metadataColumns = null,
        string? filter = null,
        string? description = null,
        string? sampling = null,
        int? sampleSize = null,
        IReadOnlyList<string>? allowedUses = null,
        IReadOnlyList<string>? prohibitedUses = null) => Sheet.Create(new SheetId(id), new SheetDraft
        {
            Name = name,
            Description = description,
            SourceType = "uc_table",
            SourceTable = table,
            ItemIdColumn = itemIdColumn,
            TextColumns = textColumns,
            ImageColumns = imageColumns,
            MetadataColumns = metadataColumns,
            FilterExpression = filter,
            SamplingStrategy = sampling,
            SampleSize = sampleSize,
            DefaultAllowedUses = allowedUses,
            DefaultProhibitedUses = prohibitedUses,
        }).Value;

    /// <summary>A sheet over a directory of a volume.</summary>
    public static Sheet Volume(string id = "photos", string volume = "/Volumes/factory/quality/photos", string? path = null) =>
        Sheet.Create(new SheetId(id), new SheetDraft { SourceType = "uc_volume", SourceVolume = volume, SourcePath = path }).Value;
}
