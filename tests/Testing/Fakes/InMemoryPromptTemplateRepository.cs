using System.Collections.Concurrent;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Testing.Fakes;

/// <summary>Prompt templates in memory.</summary>
public sealed class InMemoryPromptTemplateRepository(params IEnumerable<PromptTemplate> templates) : IPromptTemplateRepository
{
    private readonly ConcurrentDictionary<TemplateId, PromptTemplate> _templates = new(templates.ToDictionary(template => template.Id));

    /// <inheritdoc />
    public Task<PromptTemplate?> FindAsync(TemplateId id, CancellationToken cancellationToken) => Task.FromResult(_templates.GetValueOrDefault(id));

    /// <inheritdoc />
    public Task<Page<PromptTemplate>> ListAsync(LabelType? labelType, TemplateStatus? status, PageRequest page, CancellationToken cancellationToken) =>
        Task.FromResult(Page<PromptTemplate>.Of(
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

    /// <inheritdoc />
    public Task<bool> AddAsync(PromptTemplate template, CancellationToken cancellationToken) => Task.FromResult(_templates.TryAdd(template.Id, template));

    /// <inheritdoc />
    public Task<bool> ReplaceAsync(PromptTemplate template, CancellationToken cancellationToken) => Task.FromResult(
        _templates.TryGetValue(template.Id, out var stored)
        && stored.Version == template.Version - 1
        && _templates.TryUpdate(template.Id, template, stored));

    /// <inheritdoc />
    public Task<bool> DeleteAsync(TemplateId id, CancellationToken cancellationToken) => Task.FromResult(_templates.TryRemove(id, out _));
}
