using System.Text;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>The bytes of texts on their way into a store.</summary>
internal static class StrictUtf8
{
    /// <summary>Refuses half a surrogate pair, by an <see cref="ArgumentException"/>: it is no character, and would be stored as another one.</summary>
    public static UTF8Encoding Encoding { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
