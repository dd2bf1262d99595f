using System.Text.Json;

namespace Mirion.Generation.FakeDatabricks.Sql.Statements;

/// <summary>The members of a body, each of the type it must have.</summary>
internal readonly struct RequestFields(JsonElement body)
{
    /// <summary>A text, which no number and no truth can stand in for.</summary>
    public string? Text(string name)
    {
        if (!body.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null) return null;
        return value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : throw RequestRefusal.Malformed($"Could not parse the request: field '{name}' must be a string, but is {value.ValueKind.ToString().ToLowerInvariant()}.");
    }

    /// <summary>One of some words, the first unless it is given.</summary>
    public string OneOf(string name, params ReadOnlySpan<string> words)
    {
        var word = Text(name) ?? words[0];
        return words.Contains(word) ? word : throw RequestRefusal.Invalid($"{name} has no value {word}.");
    }

    /// <summary>A whole number above zero.</summary>
    public long? Positive(string name)
    {
        if (!body.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null) return null;
        return value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var number) && number > 0
            ? number
            : throw RequestRefusal.Invalid($"{name} must be a whole number above zero.");
    }
}
