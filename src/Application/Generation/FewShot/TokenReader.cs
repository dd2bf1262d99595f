using System.Globalization;
using System.Text;

namespace Mirion.Generation.Application.Generation.FewShot;

/// <summary>
/// The words and numbers of a text that is already in lower case. A number keeps its decimal point, or 0.5 and 5.0 would look alike;
/// an ideograph or kana is a token of its own, because those scripts put no spaces between words.
/// </summary>
internal ref struct TokenReader(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    /// <summary>The token that <see cref="Read"/> found.</summary>
    public ReadOnlySpan<char> Token { get; private set; }

    /// <summary>Goes on to the next token; false when there is none.</summary>
    public bool Read()
    {
        var start = 0;
        while (start < _rest.Length)
        {
            var first = RuneAt(start, out var length);
            if (IsWord(first))
            {
                var end = IsIdeograph(first) ? start + length : EndOf(start + length);
                Token = _rest[start..end];
                _rest = _rest[end..];
                return true;
            }

            start += length;
        }

        _rest = default;
        return false;
    }

    private readonly int EndOf(int end)
    {
        while (end < _rest.Length)
        {
            var next = RuneAt(end, out var length);
            if ((!IsWord(next) || IsIdeograph(next)) && !IsDecimalPoint(end)) break;
            end += length;
        }

        return end;
    }

    private readonly Rune RuneAt(int index, out int length)
    {
        Rune.DecodeFromUtf16(_rest[index..], out var rune, out length);
        return rune;
    }

    private readonly bool IsDecimalPoint(int index) =>
        _rest[index] == '.' && index + 1 < _rest.Length && char.IsAsciiDigit(_rest[index - 1]) && char.IsAsciiDigit(_rest[index + 1]);

    // Marks belong to the letter before them: in many scripts they are its vowel.
    private static bool IsWord(Rune rune) => rune.IsAscii
        ? char.IsAsciiLetterOrDigit((char)rune.Value)
        : Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsIdeograph(Rune rune) =>
        rune.Value is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
