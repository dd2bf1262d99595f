using Mirion.Generation.Application.Prompts.Engine;
using Mirion.Generation.Application.Prompts.Syntax;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Application.Prompts;

/// <summary>
/// A prompt template that was found sound, ready to render any number of items, on any number of threads at once.
/// </summary>
/// <remarks>
/// Rendering is strict: a variable that the item lacks fails it, and so does a nested member that is printed but absent.
/// A nested member that is absent counts as false where it is only tested (#if, #unless, #with) or gone over (#each).
/// Null prints nothing, and a member of null is null.
/// </remarks>
public sealed class CompiledTemplate
{
    private readonly Lazy<EngineTemplate> _engine;
    private readonly StraightTemplate? _straight;
    private readonly Translation _translation;
    private readonly string[] _columns;
    private readonly string[] _variableColumns;

    private CompiledTemplate(Lazy<EngineTemplate> engine, Translation translation, IReadOnlyDictionary<string, string> columnMapping)
    {
        _engine = engine;
        _translation = translation;
        _straight = translation.Straight is { } segments ? new StraightTemplate(segments, translation.Sites) : null;
        _columns = [.. translation.Sites.Select(site => columnMapping.GetValueOrDefault(site.Name, site.Name))];
        _variableColumns = [.. Variables.Select(variable => columnMapping.GetValueOrDefault(variable.Name, variable.Name)).Distinct()];
    }

    /// <summary>Every reference to a column of the item, in order of appearance.</summary>
    public IReadOnlyList<TemplateVariable> Variables => _translation.Variables;

    /// <summary>Whether it prints or goes over the item as a whole, and so reads every column there is.</summary>
    public bool ReadsWholeItem => _translation.ReadsWholeItem;

    /// <summary>
    /// Compiles <paramref name="source"/>, or refuses it as <c>template_syntax</c>, naming the line, the column and what
    /// would be right. Takes milliseconds: do it once, not once an item.
    /// </summary>
    public static Result<CompiledTemplate> Compile(string source) => TemplateTranslator.Translate(source).Map(translation =>
    {
        var engine = new Lazy<EngineTemplate>(() => new EngineTemplate(translation));
        if (translation.Straight is null) _ = engine.Value;
        return new CompiledTemplate(engine, translation, new Dictionary<string, string>());
    });

    /// <summary>
    /// The same template with each variable of <paramref name="columnMapping"/> read from the column it is mapped to. Shares
    /// what was compiled. The mapping is checked by <see cref="TemplateVariables.Check"/>.
    /// </summary>
    public CompiledTemplate MapColumns(IReadOnlyDictionary<string, string> columnMapping) => new(_engine, _translation, columnMapping);

    /// <summary>
    /// Whether <paramref name="item"/> has anything to say in this prompt: whether any column that the template reads is
    /// neither null nor blank (text of white space, an empty list or object). A template without variables always has.
    /// </summary>
    public bool HasData(IReadOnlyDictionary<string, object?> item)
    {
        if (_translation.ReadsWholeItem) return item.Values.Any(value => !IsBlank(value));
        if (_variableColumns.Length == 0) return true;
        foreach (var column in _variableColumns)
        {
            if (!IsBlank(item.GetValueOrDefault(column))) return true;
        }

        return false;
    }

    /// <summary>
    /// The prompt for <paramref name="item"/>. Its values are null, <see cref="string"/>, <see cref="bool"/>,
    /// <see cref="long"/>, <see cref="decimal"/>, <see cref="double"/>, and lists and string-keyed dictionaries of these, as
    /// <see cref="ItemData"/> makes them; any other type is a bug of the caller's and throws.
    /// Fails with <c>template_variable_missing</c>, <c>template_value_unsuitable</c> or <c>prompt_too_large</c>.
    /// </summary>
    public Result<string> Render(IReadOnlyDictionary<string, object?> item) => RenderBy(_straight, item);

    /// <summary>The same by way of the engine, also where it is not needed.</summary>
    internal Result<string> RenderByEngine(IReadOnlyDictionary<string, object?> item) => RenderBy(null, item);

    private Result<string> RenderBy(StraightTemplate? straight, IReadOnlyDictionary<string, object?> item)
    {
        var writer = PromptWriter.Rent();
        try
        {
            if (straight is not null) straight.Render(writer, item, _columns);
            else _engine.Value.Render(writer, new RenderedItem(item, _columns));
            return writer.ToString();
        }
        catch (RenderAbortedException aborted)
        {
            return aborted.Error;
        }
        finally
        {
            writer.Return();
        }
    }

    private static bool IsBlank(object? value) => value switch
    {
        null => true,
        string text => string.IsNullOrWhiteSpace(text),
        IReadOnlyDictionary<string, object?> members => members.Count == 0,
        IReadOnlyList<object?> list => list.Count == 0,
        _ => false,
    };
}
