using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Application.Common;

/// <summary>
/// How the domain stands in JSON, in the store as well as on the wire: snake_case, characters as themselves, nulls written, times in UTC
/// to the microsecond.
/// </summary>
public static class DomainJson
{
    /// <summary>The options. A host that needs others copies them.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary><paramref name="value"/> as JSON.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not the JSON of a <typeparamref name="T"/>.</exception>
    public static T Read<T>(string json)
        where T : notnull
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options) ?? throw new FormatException($"Null is no {typeof(T).Name}.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"The text is not the JSON of a {typeof(T).Name}: {e.Message}", e);
        }
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Encoder = CompactJson.Encoder,
            // Room for what stands around an embedded value that is itself as deep as values may be.
            MaxDepth = CompactJson.MaxDepth + 8,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(EmbedOutputSchema),
            Converters = { new UsesConverter(), new SnakeCaseEnumConverter(), new MessageContentConverter(), new UtcConverter() },
        };
        options.MakeReadOnly();
        return options;
    }

    // The schema is JSON kept as text; it stands in JSON as what it is.
    private static void EmbedOutputSchema(JsonTypeInfo type)
    {
        if (type.Type != typeof(TemplateDraft)) return;
        type.Properties.Single(property => property.Name == "output_schema").CustomConverter = new EmbeddedJsonConverter();
    }
}
