using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Application.Prompts;

/// <summary>What a template may cost. A template is a stranger's text: each bound keeps one of them from taking the process down.</summary>
public static class PromptLimits
{
    /// <summary>Longest template, in characters: a thousand pages' worth is data, not a template.</summary>
    public const int SourceLength = 256 * 1024;

    /// <summary>
    /// Most tags in a template. The engine compiles each to code of its own, a third to a whole millisecond of one core,
    /// so this bounds what a stranger's template can burn to about two seconds.
    /// </summary>
    public const int Tags = 2_000;

    /// <summary>Deepest nesting of blocks, of links in an else-if chain, and of lookups: the engine recurses on each of them.</summary>
    public const int Depth = CompactJson.MaxDepth;

    /// <summary>
    /// Longest rendered prompt, in characters: about a quarter of a million tokens, past what the served models read, and
    /// small enough (2 MB) to hold one for every call in flight.
    /// </summary>
    public const int RenderedLength = 1_000_000;

    /// <summary>
    /// Most loop steps in one rendering: a turn of a loop counts one, and one for each tag in its body. Bounds loops that
    /// write nothing; a list of 100,000 entries with ten tags each still fits.
    /// </summary>
    public const int Steps = 2_000_000;
}
