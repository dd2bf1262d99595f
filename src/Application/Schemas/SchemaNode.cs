using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using NJsonSchema;

namespace Mirion.Generation.Application.Schemas;

/// <summary>
/// A schema of the library's, with what the library reads otherwise than JSON Schema: it compares values by their text, counts UTF-16 units for characters, takes no bound for
/// what is bounded by 0, and runs patterns that may take for ever.
/// </summary>
internal sealed class SchemaNode : JsonSchemaProperty
{
    /// <summary>Where it stands in the document, as a JSON Pointer.</summary>
    public required string Place { get; init; }

    /// <summary>The types there is a choice of; none where it has one type, or any.</summary>
    public JsonObjectType Types { get; set; }

    /// <summary>The values there is a choice of.</summary>
    public IReadOnlyList<JToken>? Values { get; set; }

    /// <summary>What a text must contain.</summary>
    public Regex? Contains { get; set; }

    /// <summary>The fewest characters of a text.</summary>
    public int? FewestCharacters { get; set; }

    /// <summary>The most characters of a text.</summary>
    public int? MostCharacters { get; set; }

    /// <summary>The most entries of a list.</summary>
    public int? MostItems { get; set; }

    /// <summary>The most properties of an object.</summary>
    public int? MostProperties { get; set; }

    /// <summary>Whether the entries of a list must differ.</summary>
    public bool HasDistinctItems { get; set; }

    /// <summary>Whether it says of itself that texts are among what it takes.</summary>
    public bool TakesTexts => (Type | Types).HasFlag(JsonObjectType.String) || (Values?.Any(value => value.Type is JTokenType.String) ?? false);

    /// <summary>Whether null passes whatever else is asked; never, types say it.</summary>
    public override bool IsNullable(SchemaType schemaType) => false;

    /// <summary>Has what fits this fit <paramref name="target"/> too. Not by the library's own references, for which it passes over all that stands beside them.</summary>
    public void Follow(SchemaNode target)
    {
        var owner = target.Parent;
        AllOf.Add(target);
        // It still belongs where it stands: whether a property is required is asked of its owner.
        target.Parent = owner;
    }

    /// <summary>The schemas that look at the same value as this one.</summary>
    public IEnumerable<SchemaNode> SameValue() => AllOf.Concat(AnyOf).Concat(OneOf).Concat(Not is null ? [] : [Not]).Cast<SchemaNode>();
}
