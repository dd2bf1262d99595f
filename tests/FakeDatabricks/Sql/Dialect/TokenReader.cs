using System.Diagnostics.CodeAnalysis;

namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <summary>Reads tokens from left to right, and says where the grammar has no place for one.</summary>
internal sealed class TokenReader(IReadOnlyList<Token> tokens)
{
    private int _at;

    public Token Current => tokens[_at];

    public Token Peek(int ahead = 1) => tokens[Math.Min(_at + ahead, tokens.Count - 1)];

    /// <summary>How many tokens were taken.</summary>
    public int Taken => _at;

    /// <summary>The tokens taken since there were <paramref name="taken"/>, as one text.</summary>
    public string Since(int taken) => string.Concat(tokens.Skip(taken).Take(_at - taken).Select(token => token.Text));

    public SqlFailure Unexpected() => SqlFailure.Syntax(Current);

    public Token Take()
    {
        var token = Current;
        if (token.Kind is not TokenKind.End) _at++;
        return token;
    }

    /// <summary>Whether these keywords or symbols come next.</summary>
    public bool At(params ReadOnlySpan<string> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (!Peek(i).Is(words[i])) return false;
        }

        return true;
    }

    public bool AtAny(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (Current.Is(word)) return true;
        }

        return false;
    }

    /// <summary>Takes these keywords or symbols if they come next.</summary>
    public bool Try(params ReadOnlySpan<string> words)
    {
        if (!At(words)) return false;
        _at += words.Length;
        return true;
    }

    public void Expect(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (!Try(word)) throw Unexpected();
        }
    }

    /// <summary>A name, with or without backticks.</summary>
    public string Name() => Current.IsName ? Take().Text : throw Unexpected();

    /// <summary>A name made of parts, with dots between.</summary>
    public IReadOnlyList<string> Names()
    {
        var names = new List<string> { Name() };
        while (Try(".")) names.Add(Name());
        return names;
    }

    /// <summary>A string literal; several in a row are one.</summary>
    public string String()
    {
        if (!TryString(out var value)) throw Unexpected();
        return value;
    }

    public bool TryString([NotNullWhen(true)] out string? value)
    {
        value = null;
        while (Current.Kind is TokenKind.String) value += Take().Text;
        return value is not null;
    }

    /// <summary>What <paramref name="read"/> reads, once or more often with commas between.</summary>
    public IReadOnlyList<T> List<T>(Func<T> read)
    {
        var list = new List<T> { read() };
        while (Try(",")) list.Add(read());
        return list;
    }

    /// <summary>A list between parentheses.</summary>
    public IReadOnlyList<T> InParentheses<T>(Func<T> read)
    {
        Expect("(");
        var list = List(read);
        Expect(")");
        return list;
    }

    /// <summary>Refuses whatever is left, but for one semicolon.</summary>
    public void End()
    {
        Try(";");
        if (Current.Kind is not TokenKind.End) throw Unexpected();
    }
}
