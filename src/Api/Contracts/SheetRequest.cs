using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Api.Contracts;

/// <summary>A sheet as a caller defines it.</summary>
public sealed record SheetRequest
{
    /// <summary>The id to give it; one is made when absent. It cannot be changed later.</summary>
    public string? Id { get; init; }

    /// <summary>What people call it; the id when absent.</summary>
    public string? Name { get; init; }

    /// <summary>What it holds.</summary>
    public string? Description { get; init; }

    /// <summary><c>uc_table</c> or <c>uc_volume</c>.</summary>
    public string? SourceType { get; init; }

    /// <summary><c>catalog.schema.table</c>, for a table.</summary>
    public string? SourceTable { get; init; }

    /// <summary><c>/Volumes/catalog/schema/volume</c> or <c>catalog.schema.volume</c>, for a volume.</summary>
    public string? SourceVolume { get; init; }

    /// <summary>A directory below the volume.</summary>
    public string? SourcePath { get; init; }

    /// <summary>The column that names a row, for a table.</summary>
    public string? ItemIdColumn { get; init; }

    /// <summary>Columns that hold the text of an item.</summary>
    public IReadOnlyList<string>? TextColumns { get; init; }

    /// <summary>Columns that hold <c>/Volumes/...</c> paths of images.</summary>
    public IReadOnlyList<string>? ImageColumns { get; init; }

    /// <summary>Columns that describe an item.</summary>
    public IReadOnlyList<string>? MetadataColumns { get; init; }

    /// <summary>An SQL expression over the columns; items for which it is not true are not in the sheet.</summary>
    public string? FilterExpression { get; init; }

    /// <summary><c>all</c> (the default), <c>random</c> or <c>first</c>.</summary>
    public string? SamplingStrategy { get; init; }

    /// <summary>How many items <c>random</c> and <c>first</c> take.</summary>
    public int? SampleSize { get; init; }

    /// <summary>Uses allowed for pairs that inherit from no label; all when absent.</summary>
    public IReadOnlyList<string>? DefaultAllowedUses { get; init; }

    /// <summary>Uses prohibited for pairs that inherit from no label; none when absent.</summary>
    public IReadOnlyList<string>? DefaultProhibitedUses { get; init; }

    internal SheetDraft ToDraft() => new()
    {
        Id = Id,
        Name = Name,
        Description = Description,
        SourceType = SourceType,
        SourceTable = SourceTable,
        SourceVolume = SourceVolume,
        SourcePath = SourcePath,
        ItemIdColumn = ItemIdColumn,
        TextColumns = TextColumns,
        ImageColumns = ImageColumns,
        MetadataColumns = MetadataColumns,
        FilterExpression = FilterExpression,
        SamplingStrategy = SamplingStrategy,
        SampleSize = SampleSize,
        DefaultAllowedUses = DefaultAllowedUses,
        DefaultProhibitedUses = DefaultProhibitedUses,
    };
}
