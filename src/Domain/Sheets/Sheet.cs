using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;

namespace Mirion.Generation.Domain.Sheets;

/// <summary>A lightweight pointer to source data in Unity Catalog: where the items are and which of them count.</summary>
public sealed record Sheet
{
    private Sheet(SheetId id, SheetSource source) => (Id, Source) = (id, source);

    /// <summary>The id.</summary>
    public SheetId Id { get; }

    /// <summary>Where the items are.</summary>
    public SheetSource Source { get; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds.</summary>
    public string? Description { get; private init; }

    /// <summary>Columns that hold the text of an item.</summary>
    public IReadOnlyList<string> TextColumns { get; private init; } = [];

    /// <summary>Columns that hold <c>/Volumes/...</c> paths of images.</summary>
    public IReadOnlyList<string> ImageColumns { get; private init; } = [];

    /// <summary>Columns that describe an item.</summary>
    public IReadOnlyList<string> MetadataColumns { get; private init; } = [];

    /// <summary>An SQL expression over the columns, or null for every row.</summary>
    public string? FilterExpression { get; private init; }

    /// <summary>Which items are taken.</summary>
    public SamplingStrategy Sampling { get; private init; }

    /// <summary>How many items are taken; null exactly when <see cref="Sampling"/> is <see cref="SamplingStrategy.All"/>.</summary>
    public int? SampleSize { get; private init; }

    /// <summary>What a pair that inherits from no label may be used for.</summary>
    public UsagePolicy DefaultUsage { get; private init; } = UsagePolicy.Unrestricted;

    /// <summary>Every column the definition names, without repetition.</summary>
    public IEnumerable<string> NamedColumns => TextColumns.Concat(ImageColumns).Concat(MetadataColumns).Distinct(StringComparer.Ordinal);

    /// <summary>The sheet that <paramref name="draft"/> describes, or every field of it that cannot be right.</summary>
    public static Result<Sheet> Create(SheetId id, SheetDraft draft)
    {
        var errors = new FieldErrors();
        var source = SheetDraftReader.ReadSource(draft, errors);
        var (sampling, size) = SheetDraftReader.ReadSampling(draft, errors);
        var usage = SheetDraftReader.ReadUsage(draft, errors);
        foreach (var (field, columns) in new[]
                 {
                     ("text_columns", draft.TextColumns), ("image_columns", draft.ImageColumns), ("metadata_columns", draft.MetadataColumns),
                 })
        {
            errors.Require(columns is null || !columns.Any(string.IsNullOrWhiteSpace), field, "A column's name is not blank.");
            errors.Require(columns is null || columns.Distinct(StringComparer.Ordinal).Count() == columns.Count, field, "A column is named once.");
        }

        if (!errors.IsEmpty) return errors.ToError();
        return new Sheet(id, source!)
        {
            Name = string.IsNullOrWhiteSpace(draft.Name) ? id.Value : draft.Name,
            Description = draft.Description,
            TextColumns = [.. draft.TextColumns ?? []],
            ImageColumns = [.. draft.ImageColumns ?? []],
            MetadataColumns = [.. draft.MetadataColumns ?? []],
            FilterExpression = string.IsNullOrWhiteSpace(draft.FilterExpression) ? null : draft.FilterExpression,
            Sampling = sampling,
            SampleSize = size,
            DefaultUsage = usage,
        };
    }

    /// <summary>The draft that makes this sheet again.</summary>
    public SheetDraft ToDraft() => new()
    {
        Id = Id.Value,
        Name = Name,
        Description = Description,
        SourceType = Source is TableSource ? SheetDraftReader.Table : SheetDraftReader.Volume,
        SourceTable = (Source as TableSource)?.Table.ToString(),
        SourceVolume = (Source as VolumeSource)?.Directory is { } directory ? $"/Volumes/{directory.Catalog}/{directory.Schema}/{directory.Volume}" : null,
        SourcePath = (Source as VolumeSource)?.Directory.Relative is { Length: > 0 } path ? path : null,
        ItemIdColumn = (Source as TableSource)?.ItemIdColumn,
        TextColumns = TextColumns,
        ImageColumns = ImageColumns,
        MetadataColumns = MetadataColumns,
        FilterExpression = FilterExpression,
        SamplingStrategy = SnakeCase<SamplingStrategy>.Of(Sampling),
        SampleSize = SampleSize,
        DefaultAllowedUses = UseNames.Of(DefaultUsage.Allowed),
        DefaultProhibitedUses = UseNames.Of(DefaultUsage.Prohibited),
    };
}
