using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using HandlebarsDotNet;
using HandlebarsDotNet.ObjectDescriptors;
using Mirion.Generation.Application.Prompts.Syntax;

namespace Mirion.Generation.Application.Prompts.Engine;

/// <summary>A template compiled by Handlebars.Net, in an engine of its own: nothing is shared between templates.</summary>
internal sealed class EngineTemplate : IObjectDescriptorProvider
{
    private readonly ObjectDescriptor _values;
    private readonly HandlebarsTemplate<TextWriter, object, object> _render;

    public EngineTemplate(Translation translation)
    {
        var members = new ItemMembers(translation.Sites);
        _values = new ObjectDescriptor(typeof(object), members, (_, _) => Array.Empty<object>(), _ => null!);
        var configuration = new HandlebarsConfiguration
        {
            NoEscape = true,
            TextEncoder = null,
            FormatProvider = CultureInfo.InvariantCulture,
        };
        configuration.ObjectDescriptorProviders.Add(this);
        configuration.FormatterProviders.Add(new ValueFormatter(members));
        configuration.BlockHelpers[EngineNames.Loop] = new EachLoop(members);
        var engine = Handlebars.Create(configuration);
        engine.RegisterHelper(EngineNames.Lookup, (_, arguments) => members.Lookup(arguments));
        engine.RegisterHelper(EngineNames.Not, (_, arguments) => !HandlebarsUtils.IsTruthyOrNonEmpty(arguments[0]));
        engine.RegisterHelper(EngineNames.Number, (_, arguments) => arguments[0] is long or int or decimal or double ? true : arguments[0]!);
        using var source = new StringReader(translation.EngineSource);
        _render = engine.Compile(source);
    }

    public void Render(PromptWriter writer, RenderedItem item) => _render(writer, item, null!);

    // One answer for every type, so that the engine never falls back on reflection.
    bool IObjectDescriptorProvider.TryGetDescriptor(Type type, [NotNullWhen(true)] out ObjectDescriptor? value)
    {
        value = _values;
        return true;
    }
}
