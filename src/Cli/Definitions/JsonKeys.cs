using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Mirion.Generation.Cli.Definitions;

/// <summary>The keys a definition may have, to say what is wrong with a file in its own words and not in the serializer's.</summary>
/// <param name="options">How definitions are read.</param>
/// <param name="draft">What is defined.</param>
internal sealed class JsonKeys(JsonSerializerOptions options, Type draft)
{
    /// <summary>What is wrong, naming the key.</summary>
    public string Explain(JsonException fault)
    {
        var path = fault.Path is { Length: > 2 } given ? given[2..] : string.Empty;
        if (path.Length == 0) return "This is no JSON object.";
        var property = Find(path);
        if (property is null) return $"There is no key '{path.Trim('\'', ']', '[')}'. The keys are: {string.Join(", ", Properties(draft).Select(known => known.Name))}.";
        return path == property.Name && fault.Message.StartsWith("Duplicate", StringComparison.Ordinal)
            ? $"The key '{path}' stands there twice."
            : $"The key '{property.Name}' takes {Expected(property)}.";
    }

    // "examples[1].input" is a key of what the list "examples" holds.
    private JsonPropertyInfo? Find(string path)
    {
        var name = path.Split('[', '.')[0];
        var property = Properties(draft).SingleOrDefault(known => known.Name == name);
        var nested = path.LastIndexOf("].", StringComparison.Ordinal) is >= 0 and var end ? path[(end + 2)..] : null;
        return nested is null || property is null || Elements(property).Any(known => known.Name == nested) ? property : null;
    }

    private string Expected(JsonPropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (property.CustomConverter is not null) return "JSON";
        if (type == typeof(string)) return "a text";
        if (type == typeof(int)) return "a whole number";
        if (type == typeof(double)) return "a number";
        return Elements(property) is { Count: > 0 } elements ? $"a list of objects with {string.Join(" and ", elements.Select(known => known.Name))}" : "a list of texts";
    }

    private IReadOnlyList<JsonPropertyInfo> Elements(JsonPropertyInfo property) =>
        options.GetTypeInfo(property.PropertyType).ElementType is { } element ? Properties(element) : [];

    private IReadOnlyList<JsonPropertyInfo> Properties(Type type) =>
        options.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Object } info ? [.. info.Properties] : [];
}
