using System.Text;
using Mirion.Generation.FakeDatabricks.Sql.Engine;

namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <summary>Literals, written for DuckDB.</summary>
internal static class Literals
{
    /// <summary>A text; one with a NUL cannot stand in a statement as it is.</summary>
    public static string Text(string text) => text.Contains('\0', StringComparison.Ordinal)
        ? $"decode(from_hex('{Convert.ToHexString(Encoding.UTF8.GetBytes(text))}'))"
        : DuckDbText.Literal(text);

    /// <summary>A number; a letter at its end is its type.</summary>
    public static string Number(TokenReader tokens)
    {
        var token = tokens.Take();
        var text = token.Text.ToUpperInvariant();
        var digits = text.TrimEnd('L', 'S', 'Y', 'D', 'F', 'B');
        if (text.EndsWith('E') || !digits.All(c => char.IsAsciiDigit(c) || c is '.' or 'E' or '+' or '-')) throw SqlFailure.Syntax(token);
        return text[digits.Length..] switch
        {
            "" => digits,
            "L" => $"CAST({digits} AS BIGINT)",
            "S" => $"CAST({digits} AS SMALLINT)",
            "Y" => $"CAST({digits} AS TINYINT)",
            "D" => $"CAST({digits} AS DOUBLE)",
            "F" => $"CAST({digits} AS FLOAT)",
            "BD" => digits,
            _ => throw SqlFailure.Syntax(token),
        };
    }

    /// <summary>A moment.</summary>
    public static string Moment(DateTimeOffset moment) => $"TIMESTAMPTZ '{moment.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}+00'";
}
