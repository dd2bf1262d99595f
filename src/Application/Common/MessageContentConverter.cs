using System.Text.Json;
using System.Text.Json.Serialization;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Application.Common;

/// <summary>
/// What a turn says, as chat completion APIs write it: a string, or, with images, an array of <c>{type: "text", text}</c> and
/// <c>{type: "image_url", image_url: {url}}</c> parts.
/// </summary>
internal sealed class MessageContentConverter : JsonConverter<MessageContent>
{
    private const string TextPart = "text";
    private const string ImagePart = "image_url";

    public override MessageContent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String) return MessageContent.Of(reader.GetString()!);
        var parts = JsonSerializer.Deserialize<Part[]>(ref reader, options) ?? [];
        var text = parts is [{ Type: TextPart, Text: { } first }, ..] ? first : null;
        var images = parts.Skip(text is null ? 0 : 1).Select(part => part is { Type: ImagePart, ImageUrl.Url: { } url } ? url : null).ToArray();
        return parts.Length > 0 && !images.Contains(null)
            ? MessageContent.Of(text ?? string.Empty, images!)
            : throw new JsonException("Content is a string, or a text part (if any) followed by image_url parts.");
    }

    public override void Write(Utf8JsonWriter writer, MessageContent value, JsonSerializerOptions options)
    {
        if (value.ImageUrls.Count == 0)
        {
            writer.WriteStringValue(value.Text);
            return;
        }

        writer.WriteStartArray();
        if (value.Text.Length > 0) WriteText(writer, value.Text);
        foreach (var url in value.ImageUrls) WriteImage(writer, url);
        writer.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter writer, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("type", TextPart);
        writer.WriteString("text", text);
        writer.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter writer, string url)
    {
        writer.WriteStartObject();
        writer.WriteString("type", ImagePart);
        writer.WriteStartObject("image_url");
        writer.WriteString("url", url);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private sealed record Part(string Type, string? Text = null, ImageUrl? ImageUrl = null);

    private sealed record ImageUrl(string Url);
}
