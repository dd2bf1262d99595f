using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;

namespace Mirion.Generation.Domain.Sheets;

/// <summary>Reads the parts of a <see cref="SheetDraft"/>, noting each fault by field.</summary>
internal static class SheetDraftReader
{
    public const string Table = "uc_table";
    public const string Volume = "uc_volume";

    public static SheetSource? ReadSource(SheetDraft draft, FieldErrors errors)
    {
        switch (draft.SourceType)
        {
            case Table: return ReadTable(draft, errors);
            case Volume: return ReadVolume(draft, errors);
            default:
                errors.Add("source_type", $"Give '{Table}' or '{Volume}'.");
                return null;
        }
    }

    public static (SamplingStrategy Strategy, int? Size) ReadSampling(SheetDraft draft, FieldErrors errors)
    {
        var strategy = SamplingStrategy.All;
        if (draft.SamplingStrategy is { } name && !SnakeCase<SamplingStrategy>.TryParse(name, out strategy))
        {
            errors.Add("sampling_strategy", $"Give one of {SnakeCase<SamplingStrategy>.Choices}.");
            return default;
        }

        if (strategy is SamplingStrategy.All)
        {
            errors.Require(draft.SampleSize is null, "sample_size", "Leave it out when sampling_strategy is 'all'.");
        }
        else
        {
            errors.Require(draft.SampleSize is > 0, "sample_size", $"Sampling '{SnakeCase<SamplingStrategy>.Of(strategy)}' needs a size of at least 1.");
        }

        return (strategy, draft.SampleSize);
    }

    public static UsagePolicy ReadUsage(SheetDraft draft, FieldErrors errors)
    {
        var (allowed, prohibited) = (Uses.All, Uses.None);
        errors.Require(
            draft.DefaultAllowedUses is null || UseNames.TryParse(draft.DefaultAllowedUses, out allowed),
            "default_allowed_uses",
            $"Uses are {UseNames.Choices}.");
        errors.Require(
            draft.DefaultProhibitedUses is null || UseNames.TryParse(draft.DefaultProhibitedUses, out prohibited),
            "default_prohibited_uses",
            $"Uses are {UseNames.Choices}.");
        return new UsagePolicy(allowed, prohibited);
    }

    private static TableSource? ReadTable(SheetDraft draft, FieldErrors errors)
    {
        errors.Require(draft.SourceVolume is null, "source_volume", $"Leave it out when source_type is '{Table}'.");
        errors.Require(draft.SourcePath is null, "source_path", $"Leave it out when source_type is '{Table}'.");
        errors.Require(
            !string.IsNullOrWhiteSpace(draft.ItemIdColumn),
            "item_id_column",
            "A table needs the column whose values name its items; an item is never known by its position.");
        var table = TableName.Parse(draft.SourceTable ?? string.Empty);
        if (!table.TryGet(out var name, out var error))
        {
            errors.Add("source_table", error.Fields["source_table"][0]);
            return null;
        }

        return string.IsNullOrWhiteSpace(draft.ItemIdColumn) ? null : new TableSource(name, draft.ItemIdColumn);
    }

    private static VolumeSource? ReadVolume(SheetDraft draft, FieldErrors errors)
    {
        errors.Require(draft.SourceTable is null, "source_table", $"Leave it out when source_type is '{Volume}'.");
        errors.Require(draft.ItemIdColumn is null or "path", "item_id_column", "Leave it out for a volume: a file is named by its path.");
        errors.Require(draft.ImageColumns is null or { Count: 0 }, "image_columns", "Leave it out for a volume: its image files are the images.");
        errors.Require(string.IsNullOrWhiteSpace(draft.FilterExpression), "filter_expression", "Leave it out for a volume: it has no columns to filter by.");
        var directory = VolumePath.Parse(draft.SourceVolume ?? string.Empty) is { IsSuccess: true } volume
            ? volume.Value.Append(draft.SourcePath ?? string.Empty)
            : VolumePath.Parse(draft.SourceVolume ?? string.Empty);
        if (directory.TryGet(out var path, out var error)) return new VolumeSource(path);
        foreach (var (field, messages) in error.Fields) errors.Add(field, messages[0]);
        return null;
    }
}
