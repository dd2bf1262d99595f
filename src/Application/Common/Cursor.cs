using System.Buffers.Text;
using System.Text.Json;

namespace Mirion.Generation.Application.Common;

/// <summary>Sort keys as opaque text that can stand in a query string.</summary>
public static class Cursor
{
    /// <summary>The key as text, or null for none.</summary>
    public static string? Encode(IReadOnlyList<string>? key) =>
        key is null ? null : Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(key));

    /// <summary>The key that <paramref name="cursor"/> is, or null when it is none.</summary>
    public static IReadOnlyList<string>? Decode(string cursor)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(cursor)) is { } key && !key.Contains(null) ? key : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}
