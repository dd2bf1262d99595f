namespace Mirion.Generation.Application.Prompts.Syntax;

/// <summary>A template that was found sound, as the engine is to read it.</summary>
/// <param name="EngineSource">What the engine compiles.</param>
/// <param name="Sites">The names in it, by number.</param>
/// <param name="Variables">The references to columns, in order of appearance.</param>
/// <param name="ReadsWholeItem">Whether the item is printed or gone over as a whole, so that every column matters.</param>
/// <param name="Straight">The pieces of a template that is only text and variables; null for any other.</param>
internal sealed record Translation(
    string EngineSource, IReadOnlyList<Site> Sites, IReadOnlyList<TemplateVariable> Variables, bool ReadsWholeItem, IReadOnlyList<Segment>? Straight);
