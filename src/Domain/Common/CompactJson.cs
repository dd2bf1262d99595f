using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mirion.Generation.Domain.Common;

/// <summary>
/// JSON as a model or a person should read it: no white space, and every character as itself; only what JSON itself
/// forbids inside a string is escaped.
/// </summary>
public static class CompactJson
{
    /// <summary>Deepest nesting accepted anywhere in this product, the serializer's own default.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonWriterOptions Options = new() { Encoder = ReadableEncoder.Instance, MaxDepth = MaxDepth };

    /// <summary>The encoder, for serializer options that must write the same text.</summary>
    public static JavaScriptEncoder Encoder => ReadableEncoder.Instance;

    /// <summary><paramref name="element"/> as compact JSON. Numbers keep the digits they were written with.</summary>
    public static string Write(JsonElement element)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            element.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary><paramref name="text"/> as a JSON string.</summary>
    public static string Write(string text)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStringValue(text);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    // The framework's encoders, the "unsafe relaxed" one too, escape every character outside the Basic Multilingual Plane.
    private sealed class ReadableEncoder : JavaScriptEncoder
    {
        public static readonly ReadableEncoder Instance = new();

        public override int MaxOutputCharactersPerInputCharacter => 6;

        public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
        {
            for (var i = 0; i < textLength; i++)
            {
                if (MustEscape(text[i])) return i;
                if (!char.IsSurrogate(text[i])) continue;
                if (!char.IsHighSurrogate(text[i]) || i + 1 == textLength || !char.IsLowSurrogate(text[i + 1])) return i;
                i++;
            }

            return -1;
        }

        public override bool WillEncode(int unicodeScalar) => unicodeScalar < 0x20 || unicodeScalar is '"' or '\\';

        public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
        {
            var escaped = unicodeScalar switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                _ => $"\\u{unicodeScalar:X4}",
            };
            numberOfCharactersWritten = 0;
            if (escaped.Length > bufferLength) return false;
            escaped.CopyTo(new Span<char>(buffer, bufferLength));
            numberOfCharactersWritten = escaped.Length;
            return true;
        }

        private static bool MustEscape(char c) => c < 0x20 || c is '"' or '\\';
    }
}
