using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mirion.Generation.FakeDatabricks.Serving;

/// <summary>Something that satisfies a simple JSON schema.</summary>
internal static class SchemaAnswer
{
    // The JSON Schema words that structured output takes; which others a workspace takes is not documented.
    private static readonly HashSet<string> Words =
        ["type", "properties", "required", "additionalProperties", "items", "enum", "const", "description", "title", "minimum", "maximum", "minItems", "maxItems"];

    /// <summary>What is wrong with a schema; null when it can be satisfied.</summary>
    public static string? Fault(JsonElement schema)
    {
        if (schema.ValueKind is not JsonValueKind.Object) return "a schema must be an object";
        foreach (var member in schema.EnumerateObject())
        {
            if (!Words.Contains(member.Name)) return $"the schema keyword {member.Name} is not supported";
            var inner = member.Name switch
            {
                "items" => Fault(member.Value),
                "properties" => member.Value.EnumerateObject().Select(property => Fault(property.Value)).FirstOrDefault(fault => fault is not null),
                _ => null,
            };
            if (inner is not null) return inner;
        }

        return schema.TryGetProperty("type", out _) || schema.TryGetProperty("enum", out _) || schema.TryGetProperty("const", out _) ? null : "a schema must have a type";
    }

    /// <summary>A value that satisfies <paramref name="schema"/>; <paramref name="text"/> is every free text in it.</summary>
    public static JsonNode Of(JsonElement schema, string text)
    {
        if (schema.TryGetProperty("const", out var one)) return JsonNode.Parse(one.GetRawText())!;
        if (schema.TryGetProperty("enum", out var some)) return JsonNode.Parse(some[0].GetRawText())!;
        return Type(schema) switch
        {
            "object" => new JsonObject(Properties(schema).Select(property => KeyValuePair.Create(property.Name, (JsonNode?)Of(property.Value, text)))),
            "array" => new JsonArray([.. Enumerable.Range(0, (int)Number(schema, "minItems", 0)).Select(_ => Of(schema.GetProperty("items"), text))]),
            "integer" => JsonValue.Create((long)Number(schema, "minimum", 1)),
            "number" => JsonValue.Create(Number(schema, "minimum", 0.5)),
            "boolean" => JsonValue.Create(true),
            _ => JsonValue.Create(text),
        };
    }

    private static IEnumerable<JsonProperty> Properties(JsonElement schema) =>
        schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject() : Enumerable.Empty<JsonProperty>();

    // A list of types allows null besides one of them.
    private static string? Type(JsonElement schema)
    {
        var type = schema.GetProperty("type");
        return type.ValueKind is JsonValueKind.Array ? type.EnumerateArray().Select(option => option.GetString()).First(name => name != "null") : type.GetString();
    }

    private static double Number(JsonElement schema, string name, double otherwise) => schema.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;
}
