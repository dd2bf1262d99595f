using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.Prompts;
using Mirion.Generation.Application.Schemas;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>A recipe found to fit its source: its template and its schema compiled, every variable a column.</summary>
internal sealed class PreparedRecipe
{
    private readonly CompiledTemplate _template;

    private PreparedRecipe(GenerationRecipe recipe, CompiledTemplate template, OutputSchema? schema, SourceDescription source)
    {
        (Recipe, Schema) = (recipe, schema);
        _template = template.MapColumns(recipe.Config.ColumnMapping);
        Columns = template.ReadsWholeItem
            ? source.Names
            : [.. template.Variables.Select(variable => recipe.Config.ColumnMapping.GetValueOrDefault(variable.Name, variable.Name))
                .Concat(recipe.Sheet.ImageColumns)
                .Concat(recipe.Config.ResponseColumn is { } response ? [response] : [])
                .Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The recipe.</summary>
    public GenerationRecipe Recipe { get; }

    /// <summary>What answers must match; null where anything will do.</summary>
    public OutputSchema? Schema { get; }

    /// <summary>The columns an item is read with: those the template refers to, images, and existing answers.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Fits a recipe to its source, or says what does not fit.</summary>
    public static Result<PreparedRecipe> Fit(GenerationRecipe recipe, SourceDescription source)
    {
        if (!CompiledTemplate.Compile(recipe.Template.UserPromptTemplate).TryGet(out var template, out var syntax)) return syntax;
        if (TemplateVariables.Check(template, source.Names, recipe.Config.ColumnMapping) is { } unknown) return unknown;
        OutputSchema? schema = null;
        if (recipe.Template.OutputSchema is { } json && !OutputSchema.Compile(json).TryGet(out schema, out var invalid)) return invalid;
        return recipe.Config.ResponseColumn is { } response && !source.Names.Contains(response, StringComparer.Ordinal)
            ? GenerationErrors.ResponseColumnUnknown(response, source.Names)
            : new PreparedRecipe(recipe, template, schema, source);
    }

    /// <summary>What is asked about an item, or why nothing can be.</summary>
    public ItemQuestion Ask(SheetItem item)
    {
        if (item.Fault is { } fault) return Unasked(fault);
        if (!ItemImages.Find(Recipe.Sheet, item).TryGet(out var images, out var noImage)) return Unasked(new(noImage.Code, noImage.Message));
        if (!_template.Render(item.Values).TryGet(out var text, out var error)) return Unasked(new(error.Code, error.Message));
        var isBlank = images.Count == 0 && !_template.HasData(item.Values);
        return new(new Conversation(Recipe.Template.SystemPrompt, MessageContent.Of(text, images)), isBlank, Error: null);
    }

    private ItemQuestion Unasked(GenerationError error) =>
        new(new Conversation(Recipe.Template.SystemPrompt, MessageContent.Of(string.Empty)), IsBlank: false, error);
}

/// <summary>What is asked about an item.</summary>
/// <param name="Conversation">System turn and question.</param>
/// <param name="IsBlank">Whether everything the template refers to is blank, and there is no image.</param>
/// <param name="Error">Why the question could not be made; null when it could.</param>
internal sealed record ItemQuestion(Conversation Conversation, bool IsBlank, GenerationError? Error);
