using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>
/// An answer is a string or, from reasoning models, an array of blocks: the text blocks put together are the answer, what was thought
/// on the way is not.
/// </summary>
internal sealed class AnswerTextConverter : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String) return reader.GetString();
        if (reader.TokenType is not JsonTokenType.StartArray) throw new JsonException("An answer is a string or an array.");
        return string.Concat(JsonElement.ParseValue(ref reader).EnumerateArray().Select(TextOf));
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Answers are only read.");

    private static string? TextOf(JsonElement block) =>
        block.ValueKind is JsonValueKind.Object
        && block.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String && type.ValueEquals("text")
        && block.TryGetProperty("text", out var text) && text.ValueKind is JsonValueKind.String
            ? text.GetString()
            : null;
}
