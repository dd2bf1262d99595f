using System.Text.Json;
using System.Text.Json.Serialization;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>Text as a string, which every server takes; parts only where there are images.</summary>
internal sealed class TurnContentConverter : JsonConverter<MessageContent>
{
    public override MessageContent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Turns are only written.");

    public override void Write(Utf8JsonWriter writer, MessageContent value, JsonSerializerOptions options)
    {
        if (value.ImageUrls.Count == 0)
        {
            writer.WriteStringValue(value.Text);
            return;
        }

        writer.WriteStartArray();
        // An empty text part is refused by OpenAI.
        if (value.Text.Length > 0) WriteText(writer, value.Text);
        foreach (var url in value.ImageUrls) WriteImage(writer, url);
        writer.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter writer, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "text"u8);
        writer.WriteString("text"u8, text);
        writer.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter writer, string url)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "image_url"u8);
        writer.WriteStartObject("image_url"u8);
        writer.WriteString("url"u8, url);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
