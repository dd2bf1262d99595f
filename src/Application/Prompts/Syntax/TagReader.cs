using System.Globalization;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Application.Prompts.Syntax;

/// <summary>A cursor over one tag of the template.</summary>
internal sealed class TagReader(TemplateSource source, int open, int at)
{
    // The characters a name cannot hold unless it stands in brackets, as Handlebars has them.
    private const string NotInNames = "!\"#%&'()*+,./;<=>@[\\]^`{|}~";

    private string Text => source.Text;

    public int At { get; set; } = at;

    public bool AtEnd => At >= Text.Length;

    /// <summary>The character under the cursor; NUL, which no name may hold, past the end.</summary>
    public char Current => AtEnd ? '\0' : Text[At];

    public bool AtClose => AtEnd || Current is '}' or '~';

    public bool AtName => IsNameCharacter(Current);

    public bool AtBlank => !AtEnd && char.IsWhiteSpace(Current);

    public string From(int start) => Text[start..At];

    public bool StartsWith(string expected) => Text.AsSpan(At).StartsWith(expected, StringComparison.Ordinal);

    public void SkipBlank()
    {
        while (AtBlank) At++;
    }

    public bool Take(char expected)
    {
        if (AtEnd || Current != expected) return false;
        At++;
        return true;
    }

    public bool Take(string expected)
    {
        if (!StartsWith(expected)) return false;
        At += expected.Length;
        return true;
    }

    public string TakeName()
    {
        var start = At;
        while (AtName) At++;
        return From(start);
    }

    /// <summary>The name under the cursor, if it is a whole word: one that is not the start of a path.</summary>
    public string PeekWord()
    {
        var start = At;
        var word = TakeName();
        var whole = AtClose || AtBlank || Current is '(' or ')';
        At = start;
        return whole ? word : "";
    }

    /// <summary>Reads up to and past the closing braces; whether white space after the tag is to be removed.</summary>
    public Result<bool> Close(bool triple)
    {
        SkipBlank();
        if (AtEnd) return NeverClosed();
        if (!AtClose) return Unexpected();
        var trims = Take(triple ? "}~}}" : "~}}");
        if (!trims && !Take(triple ? "}}}" : "}}"))
        {
            return triple
                ? Fault(open, "a tag opened with three braces is closed with three (or \"}~}}\"). To print a brace before a value, put a space between them.")
                : Fault(At, "a tag is closed with \"}}\".");
        }

        if (triple || Current != '}') return trims;
        return Fault(At, "a tag opened with two braces is closed with three. To print a brace after a value, put a space between them.");
    }

    public Error Unexpected()
    {
        if (AtEnd) return NeverClosed();
        if (AtClose || AtBlank) return Fault(At, "a name is missing here.");
        if (char.GetUnicodeCategory(Current) is UnicodeCategory.Format)
        {
            return Fault(At, $"an invisible character (U+{(int)Current:X4}) stands here; delete it, or write the name in brackets if it belongs to it.");
        }

        return Fault(At, $"{PromptErrors.Quote(Current.ToString())} has no place here. A name that holds such characters is written in brackets: {{{{[a name]}}}}.");
    }

    public Error Fault(int offset, string what) => PromptErrors.Syntax(source.PlaceOf(Math.Min(offset, Text.Length)), what);

    private Error NeverClosed() => Fault(open, "this tag is never closed: \"}}\" is missing.");

    private static bool IsNameCharacter(char c) =>
        !char.IsWhiteSpace(c) && !char.IsControl(c) && !NotInNames.Contains(c, StringComparison.Ordinal)
        && char.GetUnicodeCategory(c) is not UnicodeCategory.Format;
}
