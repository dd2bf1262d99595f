namespace Mirion.Generation.Application.Prompts.Syntax;

/// <summary>
/// One name in a template, or one loop. The engine is given the site's number in place of the author's name, so a column
/// may be called anything, and a failure while rendering still knows its place.
/// </summary>
/// <param name="Name">The member to look for.</param>
/// <param name="Path">The whole expression as its author wrote it, for messages.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record Site(string Name, string Path, Place Place)
{
    /// <summary>Index of the member when the name is one (<c>list.0</c>), else -1.</summary>
    public int Index { get; } = int.TryParse(Name, System.Globalization.NumberStyles.None, null, out var index) ? index : -1;

    /// <summary>Text to write as it is, where the engine could not read it from its source; the name is then unused.</summary>
    public string? Literal { get; init; }

    /// <summary>For a loop, how many tags its body has; known when the block is closed.</summary>
    public int BodyTags { get; set; }
}
