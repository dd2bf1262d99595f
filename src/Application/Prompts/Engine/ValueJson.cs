using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Application.Prompts.Engine;

/// <summary>An item's value as compact JSON.</summary>
internal static class ValueJson
{
    // A character is at most three bytes, so past this the prompt is too large whatever the characters are.
    private const long MostBytes = 3L * PromptLimits.RenderedLength;

    private static readonly JsonWriterOptions Options = new() { Encoder = CompactJson.Encoder, MaxDepth = CompactJson.MaxDepth + 1, SkipValidation = true };

    public static string Write(object value)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            Write(json, value, depth: 0);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, object? value, int depth)
    {
        if (json.BytesCommitted + json.BytesPending > MostBytes) throw new RenderAbortedException(PromptErrors.PromptTooLarge());
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case double number:
                // JSON has no such number; the name says more than null would.
                json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case IReadOnlyDictionary<string, object?> members:
                json.WriteStartObject();
                foreach (var (name, member) in members)
                {
                    json.WritePropertyName(name);
                    Write(json, member, Deeper(depth));
                }

                json.WriteEndObject();
                break;
            case IReadOnlyList<object?> list:
                json.WriteStartArray();
                foreach (var entry in list) Write(json, entry, Deeper(depth));
                json.WriteEndArray();
                break;
            default:
                throw new NotSupportedException($"{value.GetType()} is not a type an item's values may have.");
        }
    }

    private static int Deeper(int depth) =>
        depth < CompactJson.MaxDepth ? depth + 1 : throw new RenderAbortedException(PromptErrors.TooDeep());
}
