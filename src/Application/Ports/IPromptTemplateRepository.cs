using Mirion.Generation.Application.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Application.Ports;

/// <summary>The prompt templates that are defined. Every method is one complete operation; writes are committed when it returns.</summary>
public interface IPromptTemplateRepository
{
    /// <summary>The template of this id, or null.</summary>
    Task<PromptTemplate?> FindAsync(TemplateId id, CancellationToken cancellationToken);

    /// <summary>Templates by id, in ascending code point order, of one label type or status where given. The sort key is [id].</summary>
    Task<Page<PromptTemplate>> ListAsync(LabelType? labelType, TemplateStatus? status, PageRequest page, CancellationToken cancellationToken);

    /// <summary>A version of a template that is published or is its present one; null when there is none, or no such template.</summary>
    Task<TemplateVersion?> FindVersionAsync(TemplateId id, int version, CancellationToken cancellationToken);

    /// <summary>The versions of a template that are published, and its present one, newest first; none when there is no such template. The sort key is [version].</summary>
    Task<Page<TemplateVersion>> ListVersionsAsync(TemplateId id, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Adds a template, and keeps it as a version when it is published; false, and nothing changed, when the id is taken.</summary>
    /// <param name="template">The template.</param>
    /// <param name="publication">Who does it and when; recorded where it is published.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<bool> AddAsync(PromptTemplate template, Publication publication, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the version before the given one, which stays readable when it is published; keeps the given one when that is. False, and nothing changed, when the one stored is
    /// another.
    /// </summary>
    /// <param name="template">The next version.</param>
    /// <param name="publication">Who does it and when; recorded where it is published.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<bool> ReplaceAsync(PromptTemplate template, Publication publication, CancellationToken cancellationToken);

    /// <summary>Deletes a template with all its versions, not what was made with it; false when there was none.</summary>
    Task<bool> DeleteAsync(TemplateId id, CancellationToken cancellationToken);
}
