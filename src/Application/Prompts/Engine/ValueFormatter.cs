using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using HandlebarsDotNet;
using HandlebarsDotNet.IO;

namespace Mirion.Generation.Application.Prompts.Engine;

/// <summary>How a value is written into a prompt. In a prompt text never comes here: the engine writes it as it is.</summary>
internal sealed class ValueFormatter(ItemMembers members) : IFormatter, IFormatterProvider
{
    public bool TryCreateFormatter(Type type, [NotNullWhen(true)] out IFormatter? formatter)
    {
        formatter = this;
        return true;
    }

    public void Format<T>(T value, in EncodedTextWriter writer)
    {
        if (value is UndefinedBindingResult missing)
        {
            if (ReferenceEquals(missing, ItemMembers.Nothing)) return;
            var site = members.SiteOf(missing);
            throw new RenderAbortedException(PromptErrors.MemberMissing(site.Place, site.Path, site.Name));
        }

        writer.Write(Text(value!), false);
    }

    public static string Text(object value) => value switch
    {
        string text => text,
        bool truth => truth ? "true" : "false",
        long or int or decimal => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        RenderedItem item => ValueJson.Write(item.Values),
        IReadOnlyDictionary<string, object?> or IReadOnlyList<object?> => ValueJson.Write(value),
        _ => throw new NotSupportedException($"{value.GetType()} is not a type an item's values may have."),
    };
}
