namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <summary>What sort of token.</summary>
internal enum TokenKind
{
    /// <summary>A keyword, or a name without backticks.</summary>
    Word,

    /// <summary>A name between backticks.</summary>
    Quoted,

    /// <summary>A string literal, whose text is its value.</summary>
    String,

    Number,
    Symbol,
    End,
}

/// <summary>A token of Databricks SQL.</summary>
internal sealed record Token(TokenKind Kind, string Text, int Line, int Column)
{
    /// <summary>Whether whitespace or a comment stands before it.</summary>
    public bool Apart { get; init; }

    public bool Is(string symbolOrKeyword) => Kind is TokenKind.Word or TokenKind.Symbol && Text.Equals(symbolOrKeyword, StringComparison.OrdinalIgnoreCase);

    public bool IsName => Kind is TokenKind.Word or TokenKind.Quoted;
}
