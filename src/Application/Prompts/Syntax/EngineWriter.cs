using System.Text;

namespace Mirion.Generation.Application.Prompts.Syntax;

/// <summary>A piece of a template that is only text and variables.</summary>
/// <param name="Text">Text; null for a variable.</param>
/// <param name="Site">The variable's site; -1 for text.</param>
internal readonly record struct Segment(string? Text, int Site);

/// <summary>Writes what the engine is to compile: text so that it comes out as it is, and tags in their plainest form.</summary>
internal sealed class EngineWriter(Func<string, int> addLiteral)
{
    private readonly StringBuilder _engine = new();
    private List<Segment>? _straight = [];

    /// <summary>The template as pieces one after another, when it is only text and variables; null when it takes the engine to render it.</summary>
    public IReadOnlyList<Segment>? Straight => _straight;

    public void Tag(string statement, bool trimsBefore = false, bool trimsAfter = false)
    {
        Append(statement, trimsBefore, trimsAfter);
        if (trimsBefore || trimsAfter || EngineNames.SiteOf(statement) is not { } site) _straight = null;
        else _straight?.Add(new Segment(null, site));
    }

    /// <summary>
    /// Writes literal text. The engine has its own mind about some runs of backslashes and braces (it halves two
    /// backslashes before any brace, and takes a brace after a tag for one of the tag's); those go over as values.
    /// Answers how many did.
    /// </summary>
    public int Text(ReadOnlySpan<char> text, bool afterTag, bool beforeTag)
    {
        if (!text.IsEmpty) _straight?.Add(new Segment(text.ToString(), -1));
        var literals = 0;
        for (var start = true; !text.IsEmpty; start = false)
        {
            var plain = text.IndexOfAny("\\{}");
            if (plain < 0) plain = text.Length;
            _engine.Append(text[..plain]);
            text = text[plain..];
            var length = text.IndexOfAnyExcept("\\{}");
            if (length < 0) length = text.Length;
            var run = text[..length];
            text = text[length..];
            if (IsReadAsIs(run, afterTag && start && plain == 0, beforeTag && text.IsEmpty))
            {
                _engine.Append(run);
                continue;
            }

            Append($"this.{EngineNames.SiteName(addLiteral(run.ToString()))}");
            literals++;
        }

        return literals;
    }

    public override string ToString() => _engine.ToString();

    private void Append(string statement, bool trimsBefore = false, bool trimsAfter = false) =>
        _engine.Append(trimsBefore ? "{{~" : "{{").Append(statement).Append(trimsAfter ? "~}}" : "}}");

    // Follows the engine's tokenizer over a run of backslashes and braces.
    private static bool IsReadAsIs(ReadOnlySpan<char> run, bool afterTag, bool beforeTag)
    {
        if (run.IsEmpty) return true;
        if (afterTag && run[0] == '}') return false;
        if (beforeTag && run[^1] is '\\' or '{') return false;
        for (var at = 0; at + 1 < run.Length; at++)
        {
            switch (run[at], run[at + 1])
            {
                case ('{', '{'):
                    return false;
                case ('\\', '\\') or ('\\', '{'):
                    if (at + 2 < run.Length && run[at + 2] == '{') return false;
                    at++;
                    break;
            }
        }

        return true;
    }
}
