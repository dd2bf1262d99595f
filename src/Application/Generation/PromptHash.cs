using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Application.Generation;

/// <summary>A fingerprint of what a model is asked, and how: equal exactly when every turn, image path and setting is.</summary>
internal static class PromptHash
{
    // A buffer that one huge prompt has grown is let go rather than kept for the process's life.
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _spare;

    /// <summary>SHA-256, as lower-case hex, of the prompt (images by path) and of the settings, where a model is asked.</summary>
    public static string Of(ModelPrompt prompt, ModelSettings? settings)
    {
        var buffer = _spare ?? new ArrayBufferWriter<byte>(1024);
        _spare = null;
        Add(buffer, prompt.System);
        Add(buffer, prompt.Examples.Count);
        foreach (var example in prompt.Examples)
        {
            Add(buffer, example.Question);
            Add(buffer, example.Answer);
        }

        Add(buffer, prompt.Question);
        Add(buffer, settings?.Model);
        Add(buffer, settings is null ? -1 : BitConverter.DoubleToInt64Bits(settings.Temperature));
        Add(buffer, settings?.MaxTokens ?? -1);
        // Nothing for none, or the fingerprints of all that was asked before there were schemas would change.
        if (settings?.OutputSchema is { } schema) Add(buffer, schema);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.WrittenSpan, hash);
        buffer.ResetWrittenCount();
        if (buffer.Capacity <= LargestKept) _spare = buffer;
        return Convert.ToHexStringLower(hash);
    }

    private static void Add(ArrayBufferWriter<byte> buffer, MessageContent content)
    {
        Add(buffer, content.Text);
        Add(buffer, content.ImageUrls.Count);
        foreach (var url in content.ImageUrls) Add(buffer, url);
    }

    // Each text is preceded by its length, so that no two lists of texts run together the same way; absent is not empty.
    private static void Add(ArrayBufferWriter<byte> buffer, string? text)
    {
        Add(buffer, text is null ? -1 : Encoding.UTF8.GetByteCount(text));
        if (text is not null) Encoding.UTF8.GetBytes(text, buffer);
    }

    private static void Add(ArrayBufferWriter<byte> buffer, long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer.GetSpan(sizeof(long)), number);
        buffer.Advance(sizeof(long));
    }
}
