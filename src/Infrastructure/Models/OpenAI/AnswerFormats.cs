using System.Collections.Concurrent;
using System.Text.Json;
using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>
/// The forms of answer that an endpoint is asked for. What it refuses is remembered by model and schema, for endpoints differ in which models can be held to a schema at all, and
/// models in the schemas they can be held to: each is asked for until the first refusal, and not again while this process runs.
/// </summary>
/// <param name="isAlwaysStrict">
/// Whether every schema is sent as a strict one. OpenAI takes none for strict that leaves a property to choice, and refuses it; other endpoints do as well as they can.
/// </param>
internal sealed class AnswerFormats(bool isAlwaysStrict)
{
    // More than there are templates in use; schemas of templates that nobody uses any more must not stay for ever.
    private const int MostKept = 1000;

    private readonly ConcurrentDictionary<(string Model, string Schema), ResponseFormat?> _formats = new();

    /// <summary>The form to ask for; null when there is none, or it was refused.</summary>
    public ResponseFormat? Of(ModelSettings settings)
    {
        if (settings.OutputSchema is not { } schema) return null;
        if (_formats.Count > MostKept) _formats.Clear();
        return _formats.GetOrAdd((settings.Model!, schema), static (key, always) => Make(key.Schema, always), isAlwaysStrict);
    }

    /// <summary>Notes that the endpoint does not take the form.</summary>
    public void Refused(ModelSettings settings) => _formats[(settings.Model!, settings.OutputSchema!)] = null;

    private static ResponseFormat Make(string json, bool isAlwaysStrict)
    {
        var schema = JsonElement.Parse(json);
        return new ResponseFormat("json_schema", new AnswerSchema("answer", schema, isAlwaysStrict || IsClosed(schema)));
    }

    // Every object has exactly the properties that it names.
    private static bool IsClosed(JsonElement schema) => schema.ValueKind switch
    {
        JsonValueKind.Object => IsClosedObject(schema) && schema.EnumerateObject().All(member => IsClosed(member.Value)),
        JsonValueKind.Array => schema.EnumerateArray().All(IsClosed),
        _ => true,
    };

    private static bool IsClosedObject(JsonElement schema)
    {
        if (!schema.TryGetProperty("properties", out var properties) || properties.ValueKind is not JsonValueKind.Object) return true;
        if (!schema.TryGetProperty("additionalProperties", out var more) || more.ValueKind is not JsonValueKind.False) return false;
        var required = schema.TryGetProperty("required", out var names) && names.ValueKind is JsonValueKind.Array ? names.EnumerateArray().Select(name => name.ToString()).ToHashSet() : [];
        return properties.EnumerateObject().All(property => required.Contains(property.Name));
    }
}
