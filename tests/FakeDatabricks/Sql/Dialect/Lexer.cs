using System.Globalization;
using System.Text;

namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <summary>
/// Cuts Databricks SQL into tokens. Double quotes make a string as single ones do, backslashes escape in both, backticks make a name
/// (docs.databricks.com/sql/language-manual/data-types/string-type, sql-ref-identifiers).
/// </summary>
internal sealed class Lexer(string text)
{
    private static readonly string[] Symbols =
        ["<=>", "<=", ">=", "<>", "!=", "==", "||", "::", "=>", "->", "<", ">", "=", "+", "-", "*", "/", "%", "(", ")", ",", ".", ";", ":", "[", "]", "&", "|", "^", "~"];

    private int _at;
    private int _line = 1;
    private int _lineStart;
    private int _counted;

    /// <summary>The tokens, with the end as the last.</summary>
    public static IReadOnlyList<Token> Cut(string text) => [.. new Lexer(text).All()];

    private IEnumerable<Token> All()
    {
        while (true)
        {
            var start = _at;
            SkipBlank();
            var apart = _at > start;
            if (_at >= text.Length)
            {
                yield return At(_at, TokenKind.End, string.Empty);
                yield break;
            }

            yield return Next() with { Apart = apart };
        }
    }

    private Token Next()
    {
        var start = _at;
        var c = text[_at];
        if (c is '\'' or '"') return At(start, TokenKind.String, Quoted(c));
        if (c is 'r' or 'R' && _at + 1 < text.Length && text[_at + 1] is '\'' or '"') return At(start, TokenKind.String, Raw());
        if (c is '`') return At(start, TokenKind.Quoted, Backticks());
        if (char.IsAsciiDigit(c) || (c == '.' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1]))) return At(start, TokenKind.Number, Number());
        if (IsWord(c))
        {
            while (_at < text.Length && IsWord(text[_at])) _at++;
            return At(start, TokenKind.Word, text[start.._at]);
        }

        var symbol = Symbols.FirstOrDefault(candidate => string.CompareOrdinal(text, _at, candidate, 0, candidate.Length) == 0)
            ?? throw SqlFailure.Syntax(At(start, TokenKind.Symbol, c.ToString()));
        _at += symbol.Length;
        return At(start, TokenKind.Symbol, symbol);
    }

    private void SkipBlank()
    {
        while (_at < text.Length)
        {
            if (char.IsWhiteSpace(text[_at])) _at++;
            else if (Starts("--")) _at = text.IndexOf('\n', _at) is var end and >= 0 ? end + 1 : text.Length;
            else if (Starts("/*")) SkipComment();
            else return;
        }
    }

    private void SkipComment()
    {
        var start = _at;
        var depth = 0;
        do
        {
            if (_at >= text.Length) throw SqlFailure.Syntax(At(start, TokenKind.Symbol, "/*"));
            (depth, _at) = Starts("/*") ? (depth + 1, _at + 2) : Starts("*/") ? (depth - 1, _at + 2) : (depth, _at + 1);
        }
        while (depth > 0);
    }

    private string Quoted(char quote)
    {
        var start = _at++;
        var value = new StringBuilder();
        while (_at < text.Length && text[_at] != quote)
        {
            if (text[_at] == '\\' && _at + 1 < text.Length) Escape(value);
            else value.Append(text[_at++]);
        }

        return Closed(start, value.ToString());
    }

    private void Escape(StringBuilder value)
    {
        var c = text[_at + 1];
        if (c is 'u' && Hex(4) is { } unit) value.Append((char)unit);
        else if (c is 'U' && Hex(8) is { } point) value.Append(char.ConvertFromUtf32((int)point));
        else
        {
            _at += 2;
            // A pattern of LIKE keeps the backslash before its wildcards.
            _ = c switch
            {
                'n' => value.Append('\n'),
                't' => value.Append('\t'),
                'r' => value.Append('\r'),
                'b' => value.Append('\b'),
                '0' => value.Append('\0'),
                'Z' => value.Append('\u001a'),
                '%' or '_' => value.Append('\\').Append(c),
                _ => value.Append(c),
            };
        }
    }

    private uint? Hex(int digits)
    {
        if (_at + 2 + digits > text.Length) return null;
        if (!uint.TryParse(text.AsSpan(_at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)) return null;
        _at += 2 + digits;
        return value;
    }

    private string Raw()
    {
        var start = _at++;
        var end = text.IndexOf(text[_at], _at + 1);
        var value = end < 0 ? string.Empty : text[(_at + 1)..end];
        _at = end < 0 ? text.Length : end;
        return Closed(start, value);
    }

    private string Backticks()
    {
        var start = _at++;
        var value = new StringBuilder();
        while (_at < text.Length && (text[_at] != '`' || Starts("``")))
        {
            value.Append(text[_at]);
            _at += text[_at] == '`' ? 2 : 1;
        }

        return Closed(start, value.ToString());
    }

    private string Closed(int start, string value)
    {
        if (_at >= text.Length) throw SqlFailure.Syntax(At(start, TokenKind.Symbol, text[start].ToString()));
        _at++;
        return value;
    }

    private string Number()
    {
        var start = _at;
        while (_at < text.Length && char.IsAsciiDigit(text[_at])) _at++;
        if (_at < text.Length && text[_at] == '.') _at++;
        while (_at < text.Length && char.IsAsciiDigit(text[_at])) _at++;
        var mark = _at;
        if (_at < text.Length && text[_at] is 'e' or 'E')
        {
            _at++;
            if (_at < text.Length && text[_at] is '+' or '-') _at++;
            if (_at < text.Length && char.IsAsciiDigit(text[_at])) while (_at < text.Length && char.IsAsciiDigit(text[_at])) _at++;
            else _at = mark;
        }

        while (_at < text.Length && char.IsAsciiLetter(text[_at])) _at++;
        return text[start.._at];
    }

    private bool Starts(string with) => string.CompareOrdinal(text, _at, with, 0, with.Length) == 0;

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private Token At(int start, TokenKind kind, string value)
    {
        for (; _counted < start; _counted++)
        {
            if (text[_counted] == '\n') (_line, _lineStart) = (_line + 1, _counted + 1);
        }

        return new Token(kind, value, _line, start - _lineStart);
    }
}
