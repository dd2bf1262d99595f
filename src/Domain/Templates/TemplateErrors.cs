using System.Globalization;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Domain.Templates;

/// <summary>The refusals that concern prompt templates.</summary>
public static class TemplateErrors
{
    /// <summary>No template has this id.</summary>
    public static Error NotFound(TemplateId id) => new(ErrorKind.NotFound, "template_not_found", $"There is no template '{id}'.");

    /// <summary>The template has no such version, or that one was never published.</summary>
    public static Error VersionNotFound(TemplateId id, int version) => new(
        ErrorKind.NotFound,
        "template_version_not_found",
        string.Create(CultureInfo.InvariantCulture, $"Template '{id}' has no version {version}, or keeps it no longer. It keeps those that were published, and its present one."));

    /// <summary>A template of this id exists already.</summary>
    public static Error AlreadyExists(TemplateId id) =>
        new(ErrorKind.Conflict, "template_exists", $"There is a template '{id}' already. Change it with PUT, or choose another id.");

    /// <summary>Somebody else changed the template in between.</summary>
    public static Error ChangedMeanwhile(TemplateId id) =>
        new(ErrorKind.Conflict, "template_changed", $"Template '{id}' was changed by somebody else meanwhile. Read it again and repeat your change.");
}
