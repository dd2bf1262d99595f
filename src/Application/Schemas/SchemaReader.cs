using System.Globalization;
using System.Text.Json;

namespace Mirion.Generation.Application.Schemas;

/// <summary>
/// Makes the library's schema from a JSON Schema, and says what cannot be right in it. The library never sees the document, so there is nothing that it could fetch: a
/// <c>$ref</c> is followed here, within the document alone. Keywords that answers would not be held to are refused rather than passed over.
/// </summary>
internal sealed class SchemaReader
{
    private const int MostFaults = 10;
    private const int MostSchemas = 1000;

    private readonly JsonElement _document;
    private readonly List<string> _faults = [];
    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);
    private readonly Queue<(SchemaNode From, string Reference)> _references = [];
    private readonly KeywordReader _keywords;

    private SchemaReader(JsonElement document)
    {
        _document = document;
        _keywords = new KeywordReader(this);
    }

    /// <summary>Every name that the schema gives a property.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);


    /// <summary>Reads a schema.</summary>
    /// <param name="document">The schema.</param>
    /// <param name="faults">What is wrong with it, each with its place; empty when nothing is.</param>
    /// <param name="reader">What it was read with.</param>
    public static SchemaNode Read(JsonElement document, out IReadOnlyList<string> faults, out SchemaReader reader)
    {
        reader = new SchemaReader(document);
        var root = reader.Read(document, "");
        // One after the other: what is referred to may refer to something else, to any depth.
        while (reader._references.TryDequeue(out var reference)) reader.Follow(reference.From, reference.Reference);
        if (reader._faults.Count == 0) new SchemaCircles(reader.Refuse).Check(reader._nodes.Values);
        faults = reader._faults;
        return root;
    }

    /// <summary>The schema that stands at <paramref name="place"/>.</summary>
    public SchemaNode Read(JsonElement schema, string place)
    {
        if (_nodes.TryGetValue(place, out var known)) return known;
        var node = new SchemaNode { Place = place };
        _nodes.Add(place, node);
        if (_nodes.Count > MostSchemas)
        {
            if (_nodes.Count == MostSchemas + 1) Refuse(place, $"a schema holds at most {MostSchemas} others.");
            return node;
        }

        switch (schema.ValueKind)
        {
            case JsonValueKind.True:
                break;
            case JsonValueKind.False:
                node.Not = new SchemaNode { Place = place };
                break;
            case JsonValueKind.Object:
                foreach (var keyword in schema.EnumerateObject()) _keywords.Read(node, keyword.Name, keyword.Value, $"{place}/{JsonPointer.Escape(keyword.Name)}");
                break;
            default:
                Refuse(place, "a schema is an object, true or false.");
                break;
        }

        return node;
    }

    /// <summary>Notes that a schema refers to another, which is followed later.</summary>
    public void Refer(SchemaNode from, string reference) => _references.Enqueue((from, reference));

    /// <summary>Notes a fault.</summary>
    public void Refuse(string place, string what)
    {
        if (_faults.Count < MostFaults) _faults.Add($"{(place.Length == 0 ? "The whole" : place)}: {what}");
    }

    private void Follow(SchemaNode from, string reference)
    {
        var place = $"{from.Place}/$ref";
        if (reference is not "#" && !reference.StartsWith("#/", StringComparison.Ordinal))
        {
            Refuse(place, "a reference leads to a place in this schema and nowhere else, such as #/$defs/name; nothing is fetched.");
            return;
        }

        var (target, at) = (_document, "");
        foreach (var segment in reference.Split('/').Skip(1).Select(JsonPointer.FromFragment))
        {
            if (Step(target, segment) is not { } next)
            {
                Refuse(place, "it leads to nothing in this schema.");
                return;
            }

            (target, at) = (next, $"{at}/{JsonPointer.Escape(segment)}");
        }

        from.Follow(Read(target, at));
    }

    private static JsonElement? Step(JsonElement from, string segment) => from.ValueKind switch
    {
        JsonValueKind.Object when from.TryGetProperty(segment, out var member) => member,
        JsonValueKind.Array when int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < from.GetArrayLength() => from[index],
        _ => null,
    };
}
