using System.Globalization;
using System.Text;
using Mirion.Generation.FakeDatabricks.Sql.Dialect;

namespace Mirion.Generation.FakeDatabricks.Sql.Engine;

/// <summary>Casts by the rules of ANSI mode, where DuckDB has others (docs.databricks.com/sql/language-manual/functions/cast).</summary>
internal static class Casts
{
    /// <summary>A value as CAST AS STRING gives it.</summary>
    /// <param name="type">The type in DuckDB.</param>
    /// <param name="text">The value as DuckDB writes it.</param>
    public static string? Text(string type, string text) => type switch
    {
        "TIMESTAMP WITH TIME ZONE" => Fraction(text[..text.LastIndexOf('+')]),
        "TIMESTAMP" => Fraction(text),
        // The digits of a FLOAT are those that tell it from its neighbours, on both.
        "DOUBLE" or "FLOAT" => Double(Number(text)),
        "BLOB" => Encoding.UTF8.GetString(Bytes(text)),
        _ => text,
    };

    private static double Number(string text) => text switch
    {
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    /// <summary>A number as Java writes it.</summary>
    public static string Double(double value) => value switch
    {
        double.NaN => "NaN",
        double.PositiveInfinity => "Infinity",
        double.NegativeInfinity => "-Infinity",
        0 => double.IsNegative(value) ? "-0.0" : "0.0",
        _ when Math.Abs(value) is >= 1e-3 and < 1e7 => value.ToString("0.0###################", CultureInfo.InvariantCulture) is var plain
            && double.Parse(plain, CultureInfo.InvariantCulture) == value ? plain : Plain(value),
        _ => Scientific(value.ToString("R", CultureInfo.InvariantCulture)),
    };

    /// <summary>The whole number or truth that a value is.</summary>
    public static string? Cast(string target, string type, string text) =>
        TryCast(target, type, text) ?? throw new SqlFailure(
            type is "VARCHAR" ? "CAST_INVALID_INPUT" : "CAST_OVERFLOW",
            type is "VARCHAR" ? "22018" : "22003",
            $"The value '{text}' of the type \"{DuckDbTypes.Parse(type).Ddl}\" cannot be cast to \"{target}\" because it is malformed. Correct the value as per the syntax, or change its target type");

    /// <inheritdoc cref="Cast" />
    public static string? TryCast(string target, string type, string text) => target == "BOOLEAN" ? Truth(type, text) : Whole(type, text) is { } whole && Fits(target, whole)
        ? whole.ToString(CultureInfo.InvariantCulture)
        : null;

    private static string? Truth(string type, string text) => type is "VARCHAR" or "BOOLEAN" || type.StartsWith("STRUCT", StringComparison.Ordinal)
        ? text.Trim().ToLowerInvariant() switch
        {
            "t" or "true" or "y" or "yes" or "1" => "true",
            "f" or "false" or "n" or "no" or "0" => "false",
            _ => null,
        }
        : double.Parse(text, CultureInfo.InvariantCulture) != 0 ? "true" : "false";

    private static Int128? Whole(string type, string text)
    {
        if (type == "BOOLEAN") return text == "true" ? 1 : 0;
        if (type == "TIMESTAMP WITH TIME ZONE") return (Int128)DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeSeconds();
        if (Int128.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
        // A text must be a whole number; a number loses its fraction.
        return type is not "VARCHAR" && double.TryParse(text, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e30 ? (Int128)Math.Truncate(number) : null;
    }

    private static bool Fits(string target, Int128 whole) => target switch
    {
        "TINYINT" => whole >= sbyte.MinValue && whole <= sbyte.MaxValue,
        "SMALLINT" => whole >= short.MinValue && whole <= short.MaxValue,
        "INT" => whole >= int.MinValue && whole <= int.MaxValue,
        _ => whole >= long.MinValue && whole <= long.MaxValue,
    };

    private static string Fraction(string text) => text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;

    private static string Plain(double value) => decimal.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);

    // 1E+20 there is 1.0E20 here.
    private static string Scientific(string text)
    {
        var (sign, digits) = text.StartsWith('-') ? ("-", text[1..]) : (string.Empty, text);
        var (mantissa, exponent) = digits.Split('E') is [var left, var right] ? (left, int.Parse(right, CultureInfo.InvariantCulture)) : (digits, 0);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal) is var at and >= 0 ? at : mantissa.Length;
        var all = mantissa.Replace(".", string.Empty, StringComparison.Ordinal);
        var leading = all.Length - all.TrimStart('0').Length;
        var significant = all.Trim('0');
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{significant[0]}.{(significant.Length > 1 ? significant[1..] : "0")}E{exponent + point - 1 - leading}");
    }

    /// <summary>The bytes of a BLOB that DuckDB wrote as text.</summary>
    private static byte[] Bytes(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && text[i + 1] == 'x')
            {
                bytes.Add(byte.Parse(text.AsSpan(i + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 3;
            }
            else bytes.Add((byte)text[i]);
        }

        return [.. bytes];
    }
}
