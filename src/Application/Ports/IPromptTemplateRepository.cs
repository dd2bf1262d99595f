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

    /// <summary>Adds a template; false, and nothing changed, when the id is taken.</summary>
    Task<bool> AddAsync(PromptTemplate template, CancellationToken cancellationToken);

    /// <summary>Replaces the version before the given one; false when that is not the one stored.</summary>
    Task<bool> ReplaceAsync(PromptTemplate template, CancellationToken cancellationToken);

    /// <summary>Deletes a template, not what was made with it; false when there was none.</summary>
    Task<bool> DeleteAsync(TemplateId id, CancellationToken cancellationToken);
}
