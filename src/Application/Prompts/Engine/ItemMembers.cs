using System.Globalization;
using HandlebarsDotNet;
using HandlebarsDotNet.MemberAccessors;
using HandlebarsDotNet.PathStructure;
using Mirion.Generation.Application.Prompts.Syntax;

namespace Mirion.Generation.Application.Prompts.Engine;

/// <summary>
/// How a template reaches into a value: keys of objects, indexes and length of lists, and nothing else. Replaces the
/// engine's own access, which would reach the properties of any .NET object.
/// </summary>
internal sealed class ItemMembers(IReadOnlyList<Site> sites) : IMemberAccessor
{
    /// <summary>
    /// Stands for null inside the engine, which would take a real one for a missing member. As an "undefined" it is false
    /// in every test; <see cref="ValueFormatter"/> writes nothing for it; a member of it is it again, as in SQL.
    /// </summary>
    public static readonly UndefinedBindingResult Nothing = UndefinedBindingResult.Create("null");

    public bool TryGetValue(object instance, ChainSegment memberName, out object? value)
    {
        var number = SiteNumber(memberName.TrimmedValue);
        var site = sites[number];
        if (site.Literal is not null)
        {
            value = site.Literal;
            return true;
        }

        if (instance is RenderedItem item)
        {
            var column = item.ColumnOf(number);
            if (!item.Values.TryGetValue(column, out value)) throw new RenderAbortedException(PromptErrors.VariableMissing(site.Place, site.Name, column));
            value ??= Nothing;
            return true;
        }

        return TryGetMember(instance, site.Name, site.Index, out value);
    }

    /// <summary>What <c>lookup</c> finds; an "undefined" that knows its site where there is nothing.</summary>
    public object Lookup(in Arguments arguments)
    {
        var number = (int)arguments[0]!;
        var instance = arguments[1];
        var key = arguments.Length > 2 ? arguments[2] : sites[number].Name;
        var (name, index) = key switch
        {
            string text => (text, ParseIndex(text)),
            int or long => (string.Create(CultureInfo.InvariantCulture, $"{key}"), (int)Math.Clamp(Convert.ToInt64(key, null), -1, int.MaxValue)),
            decimal or double or bool => (ValueFormatter.Text(key), -1),
            _ => (null, -1),
        };
        if (name is not null && instance is not null && TryGetMember(instance, name, index, out var value)) return value!;
        return instance is UndefinedBindingResult ? instance : UndefinedBindingResult.Create(EngineNames.SiteName(number));
    }

    public Site SiteOf(UndefinedBindingResult missing) => sites[SiteNumber(missing.Value)];

    public Site SiteOf(int number) => sites[number];

    private static int SiteNumber(string name) => int.Parse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);

    private static bool TryGetMember(object instance, string name, int index, out object? value)
    {
        switch (instance)
        {
            case IReadOnlyDictionary<string, object?> members when members.TryGetValue(name, out value):
                value ??= Nothing;
                return true;
            case IReadOnlyList<object?> list when index >= 0 && index < list.Count:
                value = list[index] ?? Nothing;
                return true;
            case IReadOnlyList<object?> list when name == "length":
                value = (long)list.Count;
                return true;
            case UndefinedBindingResult when ReferenceEquals(instance, Nothing):
                value = Nothing;
                return true;
            default:
                value = null;
                return false;
        }
    }

    private static int ParseIndex(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;
}
