namespace Mirion.Generation.Application.Prompts.Syntax;

/// <summary>A block that is open at some point of the template.</summary>
/// <param name="Name">if, unless, each or with.</param>
/// <param name="At">Where its tag opens.</param>
internal sealed record Block(string Name, int At)
{
    /// <summary>Whether its last {{else}} has been seen.</summary>
    public bool HasElse { get; set; }

    /// <summary>How many {{else if}} it has: each is one level of nesting to the engine.</summary>
    public int Links { get; set; }

    /// <summary>The loop's site and the tags before its body.</summary>
    public (Site Site, int TagsBefore)? Loop { get; init; }

    public bool IsConditional => Name is "if" or "unless";

    public bool HasScope => !IsConditional;
}
