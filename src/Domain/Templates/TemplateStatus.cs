namespace Mirion.Generation.Domain.Templates;

/// <summary>Where a prompt template stands.</summary>
public enum TemplateStatus
{
    /// <summary>Being worked on.</summary>
    Draft,

    /// <summary>Meant to be used.</summary>
    Published,

    /// <summary>Kept for what was made with it.</summary>
    Archived,
}
