using System.Text;

namespace Mirion.Generation.Application.Prompts.Syntax;

/// <summary>A place in a template, both from 1.</summary>
internal readonly record struct Place(int Line, int Column)
{
    public override string ToString() => $"line {Line}, column {Column}";
}

/// <summary>The text of a template, and the line and column of each of its offsets.</summary>
internal sealed class TemplateSource
{
    private readonly List<int> _lineStarts = [0];

    public TemplateSource(string text)
    {
        Text = text;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n') _lineStarts.Add(i + 1);
        }
    }

    public string Text { get; }

    public Place PlaceOf(int offset)
    {
        var line = _lineStarts.BinarySearch(offset);
        if (line < 0) line = ~line - 1;
        return new Place(line + 1, offset - _lineStarts[line] + 1);
    }

    /// <summary>
    /// Where the next tag opens at or after <paramref name="from"/>, or the end of the template; and the text up to there,
    /// in which <c>\{{</c> has become literal braces. Two backslashes before a tag are one, and the tag is a tag.
    /// Everywhere else a backslash is a character like any other.
    /// </summary>
    public int NextTag(int from, out string text)
    {
        var read = new StringBuilder();
        var at = from;
        while (true)
        {
            var braces = Text.IndexOf("{{", at, StringComparison.Ordinal);
            var end = braces < 0 ? Text.Length : braces;
            var backslashes = braces < 0 ? 0 : end - at - Text.AsSpan(at, end - at).TrimEnd('\\').Length;
            read.Append(Text, at, end - at - Math.Min(backslashes, 1));
            if (backslashes != 1)
            {
                text = read.ToString();
                return end;
            }

            read.Append("{{");
            at = end + 2;
        }
    }
}
