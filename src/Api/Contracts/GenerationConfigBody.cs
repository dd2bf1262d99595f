using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Api.Contracts;

/// <summary>How to generate. A null means the template's own value.</summary>
public sealed record GenerationConfigBody
{
    /// <summary>Where the answers of items without a canonical label come from.</summary>
    public LabelingMode LabelingMode { get; init; } = LabelingMode.AiGenerated;

    /// <summary>The model to ask.</summary>
    public string? Model { get; init; }

    /// <summary>0 to 2.</summary>
    public double? Temperature { get; init; }

    /// <summary>The longest answer, in tokens.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Take only this many items, from the start of the item order.</summary>
    public int? Limit { get; init; }

    /// <summary>How many labelled items stand before a question as examples.</summary>
    public int FewShot { get; init; }

    /// <summary>Which column a template's variable is read from, where their names differ.</summary>
    public IReadOnlyDictionary<string, string?>? ColumnMapping { get; init; }

    /// <summary>The column that holds the answers, for <c>existing_column</c>.</summary>
    public string? ResponseColumn { get; init; }

    /// <summary>Whether the answers of <c>response_column</c> count as labelled.</summary>
    public bool TrustExisting { get; init; }

    /// <summary>Where to run: <c>auto</c> goes by the number of items.</summary>
    public ExecutionMode Execution { get; init; } = ExecutionMode.Auto;

    internal Result<GenerationConfig> ToConfig() => Contracts.ColumnMapping.Read(ColumnMapping, "generation_config.column_mapping").Map(mapping => new GenerationConfig
    {
        LabelingMode = LabelingMode,
        Model = Model,
        Temperature = Temperature,
        MaxTokens = MaxTokens,
        Limit = Limit,
        FewShot = FewShot,
        ColumnMapping = mapping,
        ResponseColumn = ResponseColumn,
        TrustExisting = TrustExisting,
        Execution = Execution,
    });
}
