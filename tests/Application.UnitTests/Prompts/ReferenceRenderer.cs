using System.Text;
using System.Text.Json;

namespace Mirion.Generation.Application.UnitTests.Prompts;

/// <summary>A template as a tree, with its own slow and plain idea of what it writes: what the real one is held against.</summary>
internal abstract record Part
{
    /// <summary>The template's source.</summary>
    public abstract string Source { get; }

    public abstract void Render(StringBuilder prompt, Frame frame);

    public static string SourceOf(IEnumerable<Part> parts) => string.Concat(parts.Select(part => part.Source));

    protected static void RenderAll(IEnumerable<Part> parts, StringBuilder prompt, Frame frame)
    {
        foreach (var part in parts) part.Render(prompt, frame);
    }
}

internal sealed record TextPart(string Text) : Part
{
    public override string Source => Text;

    public override void Render(StringBuilder prompt, Frame frame) => prompt.Append(Text);
}

internal sealed record ValuePart(Reference Reference) : Part
{
    public override string Source => $"{{{{{Reference.Source}}}}}";

    public override void Render(StringBuilder prompt, Frame frame)
    {
        var value = Reference.Resolve(frame) ?? throw new UnrenderableException();
        prompt.Append(value.ValueKind is JsonValueKind.String ? value.GetString() : value.ValueKind is JsonValueKind.Null ? "" : value.GetRawText());
    }
}

internal sealed record IfPart(Reference Reference, bool Negated, Part[] Then, Part[] Else) : Part
{
    private string Name => Negated ? "unless" : "if";

    public override string Source => $"{{{{#{Name} {Reference.Source}}}}}{SourceOf(Then)}{{{{else}}}}{SourceOf(Else)}{{{{/{Name}}}}}";

    public override void Render(StringBuilder prompt, Frame frame) =>
        RenderAll(Reference.IsTrue(Reference.Resolve(frame)) != Negated ? Then : Else, prompt, frame);
}

internal sealed record WithPart(Reference Reference, Part[] Then, Part[] Else) : Part
{
    public override string Source => $"{{{{#with {Reference.Source} as |w|}}}}{SourceOf(Then)}{{{{else}}}}{SourceOf(Else)}{{{{/with}}}}";

    public override void Render(StringBuilder prompt, Frame frame)
    {
        var value = Reference.Resolve(frame);
        if (Reference.IsTrue(value)) RenderAll(Then, prompt, new Frame(frame, value!.Value) { Names = { ["w"] = value.Value } });
        else RenderAll(Else, prompt, frame);
    }
}

internal sealed record EachPart(Reference Reference, Part[] Body, Part[] Else) : Part
{
    public override string Source => $"{{{{#each {Reference.Source} as |e k|}}}}{SourceOf(Body)}{{{{else}}}}{SourceOf(Else)}{{{{/each}}}}";

    public override void Render(StringBuilder prompt, Frame frame)
    {
        var value = Reference.Resolve(frame);
        var entries = value?.ValueKind switch
        {
            JsonValueKind.Object => value.Value.EnumerateObject().Select(member => (Reference.Json(member.Name), member.Value)).ToList(),
            JsonValueKind.Array => value.Value.EnumerateArray().Select((entry, index) => (Reference.Json(index), entry)).ToList(),
            null or JsonValueKind.Null => [],
            _ => throw new UnrenderableException(),
        };
        foreach (var (index, (key, entry)) in entries.Index())
        {
            RenderAll(Body, prompt, new Frame(frame, entry)
            {
                Names = { ["e"] = entry, ["k"] = key },
                Data = new() { ["index"] = Reference.Json(index), ["key"] = key, ["first"] = Reference.Json(index == 0), ["last"] = Reference.Json(index == entries.Count - 1) },
            });
        }

        if (entries.Count == 0) RenderAll(Else, prompt, frame);
    }
}

/// <summary>What a tag refers to: <c>@root</c>, <c>@index</c> and its like, or ups and members.</summary>
internal sealed record Reference(string? Data, int Ups, string[] Members)
{
    public string Source => Data is null
        ? string.Concat(Enumerable.Repeat("../", Ups)) + (Members.Length == 0 ? "this" : string.Join('.', Members.Select(Bracketed)))
        : $"@{Data}{string.Concat(Members.Select(member => "." + member))}";

    /// <summary>Null for what is missing inside the item.</summary>
    public JsonElement? Resolve(Frame frame)
    {
        if (Data is not null && Data != "root") return frame.FindData(Data);
        var members = Members.AsEnumerable();
        JsonElement? value = Data == "root" ? frame.Root.Value : frame.Up(Ups).Value;
        if (Data is null && Ups == 0 && Members.Length > 0 && frame.FindName(Members[0]) is { } named)
        {
            (value, members) = (named, members.Skip(1));
        }

        foreach (var member in members)
        {
            var isItem = JsonElement.DeepEquals(value!.Value, frame.Root.Value);
            value = Member(value.Value, member);
            if (value is null) return isItem ? throw new UnrenderableException() : null;
        }

        return value;
    }

    public static bool IsTrue(JsonElement? value) => value?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.String => value.Value.GetString()!.Length > 0,
        JsonValueKind.Number => value.Value.GetDouble() != 0,
        JsonValueKind.Array => value.Value.GetArrayLength() > 0,
        JsonValueKind.Object => value.Value.EnumerateObject().Any(),
        _ => false,
    };

    public static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value);

    private static string Bracketed(string member) => char.IsDigit(member[0]) ? $"[{member}]" : member;

    private static JsonElement? Member(JsonElement value, string member) => value.ValueKind switch
    {
        JsonValueKind.Null => value,
        JsonValueKind.Object when value.TryGetProperty(member, out var found) => found,
        JsonValueKind.Array when member == "length" => Json(value.GetArrayLength()),
        JsonValueKind.Array when int.TryParse(member, out var index) && index < value.GetArrayLength() => value[index],
        _ => null,
    };
}

internal sealed record Frame(Frame? Parent, JsonElement Value)
{
    public Dictionary<string, JsonElement> Names { get; } = [];

    public Dictionary<string, JsonElement>? Data { get; init; }

    public Frame Root => Parent?.Root ?? this;

    public Frame Up(int ups) => ups == 0 ? this : Parent!.Up(ups - 1);

    public JsonElement FindData(string name) => Data is not null ? Data[name] : Parent!.FindData(name);

    public JsonElement? FindName(string name) => Names.TryGetValue(name, out var value) ? value : Parent?.FindName(name);
}

/// <summary>This item cannot be rendered.</summary>
internal sealed class UnrenderableException : Exception;
