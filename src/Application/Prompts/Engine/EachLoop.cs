using HandlebarsDotNet;
using HandlebarsDotNet.Helpers;
using HandlebarsDotNet.PathStructure;
using HandlebarsDotNet.ValueProviders;
using Mirion.Generation.Application.Prompts.Syntax;

namespace Mirion.Generation.Application.Prompts.Engine;

/// <summary>
/// <c>#each</c>. Stands in for the engine's own, which goes over whatever is enumerable, reads the members of every entry
/// as if it were of the first one's type, and does not bound its turns.
/// </summary>
internal sealed class EachLoop(ItemMembers members) : IHelperDescriptor<BlockHelperOptions>
{
    private static readonly object[] Numbers = [.. Enumerable.Range(0, 256).Select(number => (object)(long)number)];
    private static readonly object True = true;
    private static readonly object False = false;

    public PathInfo Name { get; } = EngineNames.Loop;

    public object Invoke(in BlockHelperOptions options, in Context context, in Arguments arguments) =>
        throw new NotSupportedException("A loop writes; it has no value.");

    public void Invoke(in EncodedTextWriter output, in BlockHelperOptions options, in Context context, in Arguments arguments)
    {
        var site = members.SiteOf((int)arguments[0]!);
        var value = arguments[1];
        switch (value is RenderedItem whole ? whole.Values : value)
        {
            case IReadOnlyDictionary<string, object?> { Count: > 0 } entries:
                OverEntries(output, options, site, entries);
                break;
            case IReadOnlyList<object?> { Count: > 0 } list:
                OverList(output, options, site, list);
                break;
            case null or UndefinedBindingResult or IReadOnlyDictionary<string, object?> or IReadOnlyList<object?>:
                options.Inverse(output, context);
                break;
            case var scalar:
                throw new RenderAbortedException(PromptErrors.NotIterable(site.Place, site.Path, KindOf(scalar)));
        }
    }

    private static void OverEntries(in EncodedTextWriter output, in BlockHelperOptions options, Site site, IReadOnlyDictionary<string, object?> entries)
    {
        using var frame = options.CreateFrame();
        var data = new IteratorValues(frame);
        var item = ItemOf(options);
        var index = 0;
        foreach (var (key, value) in entries)
        {
            Turn(output, options, frame, data, item, site, value, key, index++, entries.Count);
        }
    }

    private static void OverList(in EncodedTextWriter output, in BlockHelperOptions options, Site site, IReadOnlyList<object?> list)
    {
        using var frame = options.CreateFrame();
        var data = new IteratorValues(frame);
        var item = ItemOf(options);
        for (var index = 0; index < list.Count; index++)
        {
            Turn(output, options, frame, data, item, site, list[index], null, index, list.Count);
        }
    }

    private static void Turn(
        in EncodedTextWriter output,
        in BlockHelperOptions options,
        BindingContext frame,
        IteratorValues data,
        RenderedItem item,
        Site site,
        object? value,
        object? key,
        int index,
        int count)
    {
        if (!item.Spend(1 + site.BodyTags)) throw new RenderAbortedException(PromptErrors.TooManySteps(site.Place));
        data.Index = index < Numbers.Length ? Numbers[index] : (long)index;
        data.Key = key ?? data.Index;
        data.First = index == 0 ? True : False;
        data.Last = index == count - 1 ? True : False;
        frame.Value = value ?? ItemMembers.Nothing;
        options.Template(output, frame);
    }

    private static RenderedItem ItemOf(in BlockHelperOptions options) => (RenderedItem)options.Data[ChainSegment.Root]!;

    private static string KindOf(object value) => value switch
    {
        string => "text",
        bool => "true or false",
        _ => "a number",
    };
}
