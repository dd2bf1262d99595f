namespace Mirion.Generation.Application.Prompts.Syntax;

/// <summary>What a tag prints, tests or loops over, as written.</summary>
internal abstract record Operand(int At, string Text);

/// <summary>A quoted text or a whole number; only ever the key of a lookup.</summary>
internal sealed record LiteralOperand(int At, string Text, string Value) : Operand(At, Text);

/// <summary><c>lookup of key</c>.</summary>
internal sealed record LookupOperand(int At, string Text, Operand Of, Operand Key) : Operand(At, Text);

/// <summary><c>@index</c>, <c>@key</c>, <c>@first</c>, <c>@last</c>, of the loop <paramref name="Ups"/> scopes up.</summary>
internal sealed record LoopOperand(int At, string Text, int Ups, string Name) : Operand(At, Text);

/// <summary>A path: where it starts, and the members to follow from there.</summary>
internal sealed record PathOperand(int At, string Text, PathStart Start, int Ups, IReadOnlyList<Member> Members) : Operand(At, Text);

internal sealed record Member(int At, string Name, bool Bracketed);

internal enum PathStart
{
    /// <summary>A name: a block parameter if there is one so called, else a member of this scope's value.</summary>
    Name,

    /// <summary><c>this</c>, <c>.</c>, or <c>../</c> as often as the path says.</summary>
    Scope,

    /// <summary><c>@root</c>: the item.</summary>
    Item,
}
