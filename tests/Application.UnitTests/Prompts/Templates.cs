using System.Text.Json;
using Mirion.Generation.Application.Prompts;

namespace Mirion.Generation.Application.UnitTests.Prompts;

/// <summary>Arrange steps that assert their own success.</summary>
internal static class Templates
{
    public static readonly IReadOnlyDictionary<string, string> NoMapping = new Dictionary<string, string>();

    public static CompiledTemplate Compiled(string source)
    {
        var template = CompiledTemplate.Compile(source);
        Assert.That(template.Error, Is.Null, source);
        return template.Value;
    }

    public static string Rendered(string source, IReadOnlyDictionary<string, object?> item)
    {
        var prompt = Compiled(source).Render(item);
        Assert.That(prompt.Error, Is.Null, source);
        return prompt.Value;
    }

    public static string Rendered(string source, string json) => Rendered(source, Item(json));

    public static IReadOnlyDictionary<string, object?> Item(string json)
    {
        using var document = JsonDocument.Parse(json);
        return ItemData.From(document.RootElement);
    }

    public static Dictionary<string, object?> Item(string column, object? value) => new() { [column] = value };
}
