namespace Mirion.Generation.Api.Contracts;

/// <summary>A sheet: a lightweight pointer to source data.</summary>
public sealed record SheetResponse
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds.</summary>
    public required string? Description { get; init; }

    /// <summary><c>uc_table</c> or <c>uc_volume</c>.</summary>
    public required string SourceType { get; init; }

    /// <summary><c>catalog.schema.table</c>, for a table.</summary>
    public required string? SourceTable { get; init; }

    /// <summary><c>/Volumes/catalog/schema/volume</c>, for a volume.</summary>
    public required string? SourceVolume { get; init; }

    /// <summary>A directory below the volume.</summary>
    public required string? SourcePath { get; init; }

    /// <summary>The column that names a row, for a table.</summary>
    public required string? ItemIdColumn { get; init; }

    /// <summary>Columns that hold the text of an item.</summary>
    public required IReadOnlyList<string> TextColumns { get; init; }

    /// <summary>Columns that hold <c>/Volumes/...</c> paths of images.</summary>
    public required IReadOnlyList<string> ImageColumns { get; init; }

    /// <summary>Columns that describe an item.</summary>
    public required IReadOnlyList<string> MetadataColumns { get; init; }

    /// <summary>An SQL expression over the columns, or null for every row.</summary>
    public required string? FilterExpression { get; init; }

    /// <summary><c>all</c>, <c>random</c> or <c>first</c>.</summary>
    public required string SamplingStrategy { get; init; }

    /// <summary>How many items <c>random</c> and <c>first</c> take.</summary>
    public required int? SampleSize { get; init; }

    /// <summary>Uses allowed for pairs that inherit from no label.</summary>
    public required IReadOnlyList<string> DefaultAllowedUses { get; init; }

    /// <summary>Uses prohibited for pairs that inherit from no label.</summary>
    public required IReadOnlyList<string> DefaultProhibitedUses { get; init; }
}
