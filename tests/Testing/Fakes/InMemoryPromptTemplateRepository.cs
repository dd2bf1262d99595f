using System.Globalization;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Testing.Fakes;

/// <summary>Prompt templates in memory.</summary>
public sealed class InMemoryPromptTemplateRepository(params IEnumerable<PromptTemplate> templates) : IPromptTemplateRepository
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TemplateId, PromptTemplate> _templates = templates.ToDictionary(template => template.Id);
    private readonly Dictionary<(TemplateId Id, int Version), TemplateVersion> _published = [];

    /// <inheritdoc />
    public Task<PromptTemplate?> FindAsync(TemplateId id, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_templates.GetValueOrDefault(id));
    }

    /// <inheritdoc />
    public Task<Page<PromptTemplate>> ListAsync(LabelType? labelType, TemplateStatus? status, PageRequest page, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(Page<PromptTemplate>.Of(
                [
                    .. _templates.Values
                        .Where(template => labelType is null || template.LabelType == labelType)
                        .Where(template => status is null || template.Status == status)
                        .Where(template => page.After is null || string.CompareOrdinal(template.Id.Value, page.After[0]) > 0)
                        .OrderBy(template => template.Id.Value, StringComparer.Ordinal)
                        .Take(page.Limit + 1),
                ],
                page.Limit,
                template => [template.Id.Value]));
        }
    }

    /// <inheritdoc />
    public Task<TemplateVersion?> FindVersionAsync(TemplateId id, int version, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(Versions(id).FirstOrDefault(candidate => candidate.Template.Version == version));
    }

    /// <inheritdoc />
    public Task<Page<TemplateVersion>> ListVersionsAsync(TemplateId id, PageRequest page, CancellationToken cancellationToken)
    {
        var before = page.After is null ? int.MaxValue : int.Parse(page.After[0], CultureInfo.InvariantCulture);
        lock (_gate)
        {
            return Task.FromResult(Page<TemplateVersion>.Of(
                [.. Versions(id).Where(version => version.Template.Version < before).Take(page.Limit + 1)],
                page.Limit,
                version => [version.Template.Version.ToString(CultureInfo.InvariantCulture)]));
        }
    }

    /// <inheritdoc />
    public Task<bool> AddAsync(PromptTemplate template, Publication publication, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_templates.TryAdd(template.Id, template)) return Task.FromResult(false);
            Keep(template, publication);
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc />
    public Task<bool> ReplaceAsync(PromptTemplate template, Publication publication, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_templates.TryGetValue(template.Id, out var stored) || stored.Version != template.Version - 1) return Task.FromResult(false);
            Keep(stored, null);
            _templates[template.Id] = template;
            Keep(template, publication);
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc />
    public Task<bool> DeleteAsync(TemplateId id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var key in _published.Keys.Where(key => key.Id == id).ToList()) _published.Remove(key);
            return Task.FromResult(_templates.Remove(id));
        }
    }

    private void Keep(PromptTemplate template, Publication? publication)
    {
        if (template.Status is TemplateStatus.Published) _published.TryAdd((template.Id, template.Version), new TemplateVersion(template, publication));
    }

    private IEnumerable<TemplateVersion> Versions(TemplateId id) => !_templates.TryGetValue(id, out var present)
        ? []
        : _published.Where(version => version.Key.Id == id).Select(version => version.Value)
            .Append(new TemplateVersion(present, Published: null))
            .DistinctBy(version => version.Template.Version)
            .OrderByDescending(version => version.Template.Version);
}
