using System.Text.Json;
using System.Text.RegularExpressions;
using Mirion.Generation.Application.Prompts;
using Newtonsoft.Json.Linq;
using NJsonSchema;

namespace Mirion.Generation.Application.Schemas;

/// <summary>Reads the keywords of a schema, each with what it may say.</summary>
internal sealed class KeywordReader
{
    private const int LongestPattern = 1000;

    private static readonly Dictionary<string, JsonObjectType> TypeNames = new(StringComparer.Ordinal)
    {
        ["array"] = JsonObjectType.Array,
        ["boolean"] = JsonObjectType.Boolean,
        ["integer"] = JsonObjectType.Integer,
        ["null"] = JsonObjectType.Null,
        ["number"] = JsonObjectType.Number,
        ["object"] = JsonObjectType.Object,
        ["string"] = JsonObjectType.String,
    };

    // They say something about a schema and ask nothing of an answer.
    private static readonly HashSet<string> Remarks = new(StringComparer.Ordinal)
    {
        "$schema", "$comment", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly",
    };

    private readonly SchemaReader _reader;
    private readonly Dictionary<string, Action<SchemaNode, JsonElement, string>> _keywords;

    public KeywordReader(SchemaReader reader)
    {
        _reader = reader;
        _keywords = new(StringComparer.Ordinal)
        {
            ["$ref"] = (node, value, place) => Text(value, place, reference => _reader.Refer(node, reference)),
            ["$defs"] = (_, value, place) => Map(value, place, (_, _) => { }),
            ["definitions"] = (_, value, place) => Map(value, place, (_, _) => { }),
            ["type"] = Type,
            ["enum"] = (node, value, place) => List(value, place, least: 1, entries => Choose(node, [.. entries.Select(JsonToken.Of)])),
            ["const"] = (node, value, _) => Choose(node, [JsonToken.Of(value)]),
            ["properties"] = (node, value, place) => Map(value, place, (name, inner) =>
            {
                _reader.Names.Add(name);
                node.Properties.Add(name, inner);
            }),
            ["required"] = Required,
            ["additionalProperties"] = AdditionalProperties,
            ["minProperties"] = (node, value, place) => Count(value, place, count => node.MinProperties = count),
            ["maxProperties"] = (node, value, place) => Count(value, place, count => node.MostProperties = count),
            ["items"] = (node, value, place) => node.Item = _reader.Read(value, place),
            ["minItems"] = (node, value, place) => Count(value, place, count => node.MinItems = count),
            ["maxItems"] = (node, value, place) => Count(value, place, count => node.MostItems = count),
            ["uniqueItems"] = (node, value, place) => Flag(value, place, flag => node.HasDistinctItems = flag),
            ["minimum"] = (node, value, place) => Number(value, place, bound => node.Minimum = bound),
            ["maximum"] = (node, value, place) => Number(value, place, bound => node.Maximum = bound),
            ["exclusiveMinimum"] = (node, value, place) => Number(value, place, bound => node.ExclusiveMinimum = bound),
            ["exclusiveMaximum"] = (node, value, place) => Number(value, place, bound => node.ExclusiveMaximum = bound),
            ["multipleOf"] = MultipleOf,
            ["minLength"] = (node, value, place) => Count(value, place, count => node.FewestCharacters = count),
            ["maxLength"] = (node, value, place) => Count(value, place, count => node.MostCharacters = count),
            ["pattern"] = (node, value, place) => Text(value, place, pattern => node.Contains = Compile(pattern, place)),
            ["format"] = (node, value, place) => Text(value, place, format => node.Format = format),
            ["allOf"] = (node, value, place) => Schemas(value, place, node.AllOf),
            ["anyOf"] = (node, value, place) => Schemas(value, place, node.AnyOf),
            ["oneOf"] = (node, value, place) => Schemas(value, place, node.OneOf),
            ["not"] = (node, value, place) => node.Not = _reader.Read(value, place),
        };
    }

    /// <summary>Reads one keyword into <paramref name="node"/>.</summary>
    public void Read(SchemaNode node, string name, JsonElement value, string place)
    {
        if (_keywords.TryGetValue(name, out var read)) read(node, value, place);
        else if (name == "$id" && node.Place.Length == 0) Text(value, place, _ => { });
        else if (!Remarks.Contains(name) && !name.StartsWith("x-", StringComparison.Ordinal)) _reader.Refuse(place, Unknown(name));
    }

    // A value that is fixed is a choice of one, and both may stand side by side.
    private static void Choose(SchemaNode node, IReadOnlyList<JToken> values)
    {
        if (node.Values is null) node.Values = values;
        else node.AllOf.Add(new SchemaNode { Place = node.Place, Values = values });
    }

    private string Unknown(string name)
    {
        var nearest = NearestName.Of(name, _keywords.Keys) is { } near ? $" Is {near} meant?" : "";
        return $"answers are not held to {PromptErrors.Quote(name)}.{nearest} They are held to: {string.Join(", ", _keywords.Keys)}.";
    }

    private void Type(SchemaNode node, JsonElement value, string place)
    {
        if (value.ValueKind is JsonValueKind.String) node.Type = TypeOf(value, place);
        else List(value, place, least: 1, types => node.Types = types.Aggregate(JsonObjectType.None, (all, type) => all | TypeOf(type, place)));
    }

    private JsonObjectType TypeOf(JsonElement name, string place)
    {
        if (name.ValueKind is JsonValueKind.String && TypeNames.TryGetValue(name.GetString()!, out var type)) return type;
        _reader.Refuse(place, $"a type is one of {string.Join(", ", TypeNames.Keys)}, or a list of them.");
        return JsonObjectType.None;
    }

    private void Required(SchemaNode node, JsonElement value, string place) => List(value, place, least: 0, names =>
    {
        foreach (var name in names)
        {
            Text(name, place, required =>
            {
                _reader.Names.Add(required);
                if (!node.RequiredProperties.Contains(required)) node.RequiredProperties.Add(required);
            });
        }
    });

    private void AdditionalProperties(SchemaNode node, JsonElement value, string place)
    {
        if (value.ValueKind is JsonValueKind.False) node.AllowAdditionalProperties = false;
        else if (value.ValueKind is not JsonValueKind.True) node.AdditionalPropertiesSchema = _reader.Read(value, place);
    }

    private void MultipleOf(SchemaNode node, JsonElement value, string place) => Number(value, place, divisor =>
    {
        if (divisor > 0) node.MultipleOf = divisor;
        else _reader.Refuse(place, "give a number above 0.");
    });

    // Without going back, a pattern takes as long as its text is, whatever it is; a look-around or a group's echo cannot be had that way.
    private Regex? Compile(string pattern, string place)
    {
        try
        {
            if (pattern.Length <= LongestPattern) return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            _reader.Refuse(place, $"a pattern has at most {LongestPattern} characters.");
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            _reader.Refuse(place, "it is no regular expression, or one with look-around, back references or too many repetitions, which are not looked at.");
        }

        return null;
    }

    private void Schemas(JsonElement value, string place, ICollection<JsonSchema> into) => List(value, place, least: 1, schemas =>
    {
        foreach (var (index, schema) in schemas.Index()) into.Add(_reader.Read(schema, $"{place}/{index}"));
    });

    private void Map(JsonElement value, string place, Action<string, SchemaNode> take)
    {
        if (value.ValueKind is not JsonValueKind.Object)
        {
            _reader.Refuse(place, "give an object of schemas by name.");
            return;
        }

        foreach (var member in value.EnumerateObject()) take(member.Name, _reader.Read(member.Value, $"{place}/{JsonPointer.Escape(member.Name)}"));
    }

    private void List(JsonElement value, string place, int least, Action<IEnumerable<JsonElement>> take)
    {
        if (value.ValueKind is JsonValueKind.Array && value.GetArrayLength() >= least) take(value.EnumerateArray());
        else _reader.Refuse(place, least == 0 ? "give a list." : "give a list that is not empty.");
    }

    private void Text(JsonElement value, string place, Action<string> take)
    {
        if (value.ValueKind is JsonValueKind.String) take(value.GetString()!);
        else _reader.Refuse(place, "give text.");
    }

    private void Flag(JsonElement value, string place, Action<bool> take)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) take(value.GetBoolean());
        else _reader.Refuse(place, "give true or false.");
    }

    private void Count(JsonElement value, string place, Action<int> take)
    {
        if (value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0) take(count);
        else _reader.Refuse(place, "give a whole number from 0 on.");
    }

    private void Number(JsonElement value, string place, Action<decimal> take)
    {
        if (value.ValueKind is JsonValueKind.Number && value.TryGetDecimal(out var number)) take(number);
        else _reader.Refuse(place, "give a number of at most 28 digits.");
    }
}
