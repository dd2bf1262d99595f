namespace Mirion.Generation.Application.Prompts.Engine;

/// <summary>The item of one rendering as the engine sees it: never null, told apart from a value of a column, and with a purse of steps.</summary>
/// <param name="values">The item's values by column.</param>
/// <param name="columns">The column that each site's variable stands for.</param>
internal sealed class RenderedItem(IReadOnlyDictionary<string, object?> values, string[] columns)
{
    private int _stepsLeft = PromptLimits.Steps;

    public IReadOnlyDictionary<string, object?> Values => values;

    public string ColumnOf(int site) => columns[site];

    public bool Spend(int steps) => (_stepsLeft -= steps) >= 0;
}
