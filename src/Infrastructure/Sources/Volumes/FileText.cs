using System.Text;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Infrastructure.Sources.Volumes;

/// <summary>The text of files.</summary>
internal static class FileText
{
    /// <summary>The largest text file whose content becomes a value.</summary>
    public const int MostBytes = 1_000_000;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text that the bytes of a file are, or why they are none.</summary>
    public static (string? Text, GenerationError? Fault) Of(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var text = Utf8.GetString(bytes);
            return (text.StartsWith('\uFEFF') ? text[1..] : text, null);
        }
        catch (DecoderFallbackException)
        {
            return (null, Unreadable("The file is not UTF-8 text."));
        }
    }

    /// <summary>The file has more text than is read.</summary>
    public static GenerationError TooLarge(SourceFile file) =>
        new("content_too_large", $"The file has {file.SizeBytes} bytes; the content of at most {MostBytes} is read.");

    /// <summary>The file was written while it was read.</summary>
    public static GenerationError Changed() => Unreadable("The file was written while it was read.");

    /// <summary>An item whose data cannot be read.</summary>
    public static GenerationError Unreadable(string message) => new("content_unreadable", message);
}
