using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Domain.TrainingSheets;

/// <summary>How to generate. A null means the template's own value.</summary>
public sealed record GenerationConfig
{
    /// <summary>The most few-shot examples that may stand before a question.</summary>
    public const int MostFewShot = 64;

    /// <summary>Where the answers of items without a canonical label come from; never <see cref="LabelingMode.Canonical"/>.</summary>
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
    public IReadOnlyDictionary<string, string> ColumnMapping { get; init; } = new Dictionary<string, string>();

    /// <summary>The column that holds the answers, for <see cref="LabelingMode.ExistingColumn"/>.</summary>
    public string? ResponseColumn { get; init; }

    /// <summary>Whether the answers of <see cref="ResponseColumn"/> count as labelled.</summary>
    public bool TrustExisting { get; init; }

    /// <summary>Where to run.</summary>
    public ExecutionMode Execution { get; init; } = ExecutionMode.Auto;

    /// <summary>Every field that cannot be right, named as in <c>generation_config</c>; null when all can.</summary>
    public Error? Check()
    {
        const string Prefix = "generation_config.";
        var errors = new FieldErrors();
        errors.Require(
            LabelingMode is not LabelingMode.Canonical,
            Prefix + "labeling_mode",
            "Canonical labels are always reused; give ai_generated, manual or existing_column for the items that have none.");
        errors.Require(
            Temperature is null or (>= 0 and <= PromptTemplate.HighestTemperature),
            Prefix + "temperature",
            $"Give a number from 0 to {PromptTemplate.HighestTemperature}.");
        errors.Require(MaxTokens is null or > 0, Prefix + "max_tokens", "Give at least 1.");
        errors.Require(Limit is null or > 0, Prefix + "limit", "Give at least 1, or leave it out for every item.");
        errors.Require(FewShot is >= 0 and <= MostFewShot, Prefix + "few_shot", $"Give 0 to {MostFewShot}.");
        errors.Require(Model is null || !string.IsNullOrWhiteSpace(Model), Prefix + "model", "Leave it out for the template's own model.");
        var fromColumn = LabelingMode is LabelingMode.ExistingColumn;
        errors.Require(
            fromColumn == !string.IsNullOrWhiteSpace(ResponseColumn),
            Prefix + "response_column",
            fromColumn ? "Name the column that holds the answers." : "Leave it out unless labeling_mode is existing_column.");
        errors.Require(fromColumn || !TrustExisting, Prefix + "trust_existing", "Leave it out unless labeling_mode is existing_column.");
        return errors.IsEmpty ? null : errors.ToError();
    }
}
