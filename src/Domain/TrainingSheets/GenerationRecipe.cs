using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Domain.TrainingSheets;

/// <summary>
/// What a training sheet is made from, as it stood when the generation was asked for. A run that is continued after the
/// sheet or the template was changed goes on with these, so all pairs of a training sheet come from one recipe.
/// </summary>
/// <param name="Sheet">The sheet.</param>
/// <param name="Template">The template, of the version that is recorded.</param>
/// <param name="Config">How to generate.</param>
public sealed record GenerationRecipe(Sheet Sheet, PromptTemplate Template, GenerationConfig Config)
{
    /// <summary>The model to ask, or null when neither says.</summary>
    public string? Model => Config.Model ?? Template.BaseModel;

    /// <summary>The temperature to ask with.</summary>
    public double Temperature => Config.Temperature ?? Template.Temperature;

    /// <summary>The longest answer to ask for, in tokens.</summary>
    public int MaxTokens => Config.MaxTokens ?? Template.MaxTokens;
}
