using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Application.Prompts;

/// <summary>Makes the values that <see cref="CompiledTemplate.Render"/> takes.</summary>
public static class ItemData
{
    // Every number of this many digits is a decimal exactly; one digit more may be rounded.
    private const int ExactDigits = 28;

    /// <summary>
    /// The members of <paramref name="jsonObject"/>, at any depth: objects as dictionaries in their written order (of two
    /// members of one name the last wins), arrays as lists, integers as <see cref="long"/>, other numbers as
    /// <see cref="decimal"/> with the scale they are written with (1.50 stays 1.50) where one holds them exactly, else as
    /// <see cref="double"/>.
    /// </summary>
    /// <exception cref="ArgumentException">It is no object, or nested deeper than <see cref="CompactJson.MaxDepth"/>.</exception>
    public static IReadOnlyDictionary<string, object?> From(JsonElement jsonObject) => jsonObject.ValueKind is JsonValueKind.Object
        ? FromObject(jsonObject, depth: 1)
        : throw new ArgumentException($"An item is a JSON object, not {jsonObject.ValueKind}.", nameof(jsonObject));

    private static Dictionary<string, object?> FromObject(JsonElement element, int depth)
    {
        var members = new Dictionary<string, object?>(element.GetPropertyCount(), StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject()) members[member.Name] = FromValue(member.Value, depth);
        return members;
    }

    private static object?[] FromArray(JsonElement element, int depth)
    {
        var list = new object?[element.GetArrayLength()];
        var index = 0;
        foreach (var entry in element.EnumerateArray()) list[index++] = FromValue(entry, depth);
        return list;
    }

    private static object? FromValue(JsonElement element, int depth) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => FromNumber(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Object => FromObject(element, Deeper(depth)),
        JsonValueKind.Array => FromArray(element, Deeper(depth)),
        _ => null,
    };

    private static object FromNumber(JsonElement element)
    {
        if (element.TryGetInt64(out var integer)) return integer;
        return IsExactDecimal(JsonMarshal.GetRawUtf8Value(element)) && element.TryGetDecimal(out var number) ? number : element.GetDouble();
    }

    // Whether a decimal holds the number digit by digit: neither too many digits nor too many of them behind the point.
    private static bool IsExactDecimal(ReadOnlySpan<byte> written)
    {
        var exponentAt = written.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = exponentAt < 0 ? written : written[..exponentAt];
        var exponent = 0;
        if (exponentAt >= 0 && !int.TryParse(written[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)) return false;
        var pointAt = mantissa.IndexOf((byte)'.');
        var scale = (pointAt < 0 ? 0 : mantissa.Length - pointAt - 1) - (long)exponent;
        var significant = mantissa.TrimStart("-0."u8);
        var digits = significant.Length - (significant.Contains((byte)'.') ? 1 : 0);
        return digits <= ExactDigits && scale is >= -ExactDigits and <= ExactDigits;
    }

    private static int Deeper(int depth) => depth < CompactJson.MaxDepth
        ? depth + 1
        : throw new ArgumentException($"An item is nested at most {CompactJson.MaxDepth} levels deep.");
}
