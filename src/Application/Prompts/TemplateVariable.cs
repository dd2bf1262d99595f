namespace Mirion.Generation.Application.Prompts;

/// <summary>A place where a template refers to one of the item's columns.</summary>
/// <param name="Name">The variable: the first segment of the path, in the item's own scope.</param>
/// <param name="Line">Line of the name in the template, from 1.</param>
/// <param name="Column">Column of the name in its line, from 1, in UTF-16 units as editors count.</param>
public sealed record TemplateVariable(string Name, int Line, int Column);
