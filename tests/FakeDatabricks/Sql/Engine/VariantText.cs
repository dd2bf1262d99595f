using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Mirion.Generation.FakeDatabricks.Sql.Dialect;

namespace Mirion.Generation.FakeDatabricks.Sql.Engine;

/// <summary>
/// The JSON that comes out of a VARIANT, which is never the text that went in: keys are sorted, a number keeps its value and not its digits
/// (github.com/apache/spark, common/variant: VariantBuilder, Variant.toJson).
/// </summary>
internal static class VariantText
{
    private const int MostDigits = 38;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1000 };

    /// <summary>What parse_json makes of a text.</summary>
    public static string? Parse(string type, string text)
    {
        if (type is not ("VARCHAR" or "\"NULL\"")) throw Types.Unexpected("parse_json", "STRING", type);
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            var json = new StringBuilder(text.Length);
            Write(document.RootElement, json);
            return json.ToString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new SqlFailure("MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION", "22023", "Malformed records are detected in record parsing. Parse Mode: FAILFAST");
        }
    }

    /// <summary>What try_parse_json makes of a text.</summary>
    public static string? TryParse(string type, string text)
    {
        try
        {
            return Parse(type, text);
        }
        catch (SqlFailure e) when (e.SqlState == "22023")
        {
            return null;
        }
    }

    /// <summary>Writes a text as JSON does, with no more escapes than needed.</summary>
    public static StringBuilder Quote(string text, StringBuilder json)
    {
        json.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append("\\\\"),
                '\n' => json.Append("\\n"),
                '\r' => json.Append("\\r"),
                '\t' => json.Append("\\t"),
                '\b' => json.Append("\\b"),
                '\f' => json.Append("\\f"),
                < ' ' => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => json.Append(c),
            };
        }

        return json.Append('"');
    }

    private static void Write(JsonElement value, StringBuilder json)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).ToList();
                for (var i = 1; i < members.Count; i++)
                {
                    if (members[i].Name == members[i - 1].Name) throw Duplicate(members[i].Name);
                }

                List('{', members, member => Write(member.Value, Quote(member.Name, json).Append(':')), '}', json);
                break;
            case JsonValueKind.Array:
                List('[', value.EnumerateArray(), element => Write(element, json), ']', json);
                break;
            case JsonValueKind.String:
                Quote(value.GetString()!, json);
                break;
            case JsonValueKind.Number:
                json.Append(Number(value.GetRawText()));
                break;
            default:
                json.Append(value.GetRawText());
                break;
        }
    }

    private static SqlFailure Duplicate(string key) => new("VARIANT_DUPLICATE_KEY", "22023", $"Failed to build variant because of a duplicate object key `{key}`");

    private static void List<T>(char open, IEnumerable<T> parts, Action<T> write, char close, StringBuilder json)
    {
        json.Append(open);
        var first = true;
        foreach (var part in parts)
        {
            if (!first) json.Append(',');
            first = false;
            write(part);
        }

        json.Append(close);
    }

    // A whole number or a decimal of up to 38 digits is exact, and loses the zeros at its end; everything else is a double.
    private static string Number(string text)
    {
        if (text.AsSpan().IndexOfAny('e', 'E') < 0 && text.Count(char.IsAsciiDigit) <= MostDigits)
        {
            var (whole, fraction) = text.Split('.') is [var left, var right] ? (left, right.TrimEnd('0')) : (text, string.Empty);
            var number = BigInteger.Parse(whole, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
            if (fraction.Length == 0) return number;
            return $"{(whole.StartsWith('-') && number == "0" ? "-0" : number)}.{fraction}";
        }

        return Casts.Double(double.Parse(text, CultureInfo.InvariantCulture));
    }
}
