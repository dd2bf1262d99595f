namespace Mirion.Generation.Domain.Templates;

/// <summary>A worked example that stands before every question of a template.</summary>
/// <param name="Input">The user turn.</param>
/// <param name="Output">The assistant turn.</param>
public sealed record TemplateExample(string Input, string Output);
