namespace Mirion.Generation.Domain.Templates;

/// <summary>A version of a prompt template that can be used: a published one, which never changes, or the one the template has now.</summary>
/// <param name="Template">The template as it is in that version.</param>
/// <param name="Published">Who published it and when; null where it is not published, or that was not recorded.</param>
public sealed record TemplateVersion(PromptTemplate Template, Publication? Published);

/// <summary>Who publishes a version of a prompt template, and when.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
public sealed record Publication(string By, DateTimeOffset At);
