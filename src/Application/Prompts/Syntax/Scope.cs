namespace Mirion.Generation.Application.Prompts.Syntax;

/// <summary>What <c>this</c> means in a part of the template: the item, or the value a #with or a turn of an #each is about.</summary>
/// <param name="Parent">The scope around this one, null for the item's.</param>
/// <param name="IsItem">Whether the value is known to be the item itself, so that its members are variables.</param>
/// <param name="IsLoop">Whether @index and its like belong to this scope.</param>
internal sealed record Scope(Scope? Parent, bool IsItem, bool IsLoop)
{
    /// <summary>Name of the value, from <c>as |value key|</c>.</summary>
    public string? ValueName { get; init; }

    /// <summary>Name of the index or key, from <c>as |value key|</c>.</summary>
    public string? KeyName { get; init; }

    /// <summary>How many scopes are around this one.</summary>
    public int Depth { get; } = Parent is null ? 0 : Parent.Depth + 1;

    public Scope? Up(int ups)
    {
        var scope = this;
        for (; ups > 0 && scope is not null; ups--) scope = scope.Parent;
        return scope;
    }

    public Scope? Find(Func<Scope, bool> predicate)
    {
        var scope = this;
        while (scope is not null && !predicate(scope)) scope = scope.Parent;
        return scope;
    }
}
