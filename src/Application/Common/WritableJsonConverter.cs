using System.Text.Json;
using System.Text.Json.Serialization;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Application.Common;

/// <summary>
/// Any JSON that this product can also write again. Half a surrogate pair and nesting beyond <see cref="CompactJson.MaxDepth"/> pass the
/// reader, and would only fail when a label becomes an answer.
/// </summary>
public sealed class WritableJsonConverter : JsonConverter<JsonElement>
{
    /// <inheritdoc />
    public override bool HandleNull => true;

    /// <inheritdoc />
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            var element = JsonSerializer.Deserialize<JsonElement>(ref reader, options);
            _ = CompactJson.Write(element);
            return element;
        }
        catch (InvalidOperationException)
        {
            throw new JsonException($"It must be Unicode text throughout, nested at most {CompactJson.MaxDepth} levels deep.");
        }
        catch (JsonException e) when (e.InnerException is null)
        {
            throw new JsonException("The properties of an object must have different names.");
        }
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) => value.WriteTo(writer);
}
