using System.Globalization;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>Prompt templates in a store that speaks SQL.</summary>
internal sealed class SqlPromptTemplateRepository(ISqlSession session) : IPromptTemplateRepository
{
    private static readonly TableDefinition<PromptTemplate> Table = PromptTemplateRows.Table;
    private static readonly TableDefinition<TemplateVersion> Versions = TemplateVersionRows.Table;

    public async Task<PromptTemplate?> FindAsync(TemplateId id, CancellationToken cancellationToken) =>
        (await session.QueryAsync(Table.Select(IdIs(id)), PromptTemplateRows.Read, cancellationToken)).SingleOrDefault();

    public async Task<Page<PromptTemplate>> ListAsync(LabelType? labelType, TemplateStatus? status, PageRequest page, CancellationToken cancellationToken)
    {
        var condition = SqlStatement.All(
            SqlStatement.Of($"TRUE"),
            labelType is null ? null : SqlStatement.Of($"{Table["label_type"]} = {labelType.Value}"),
            status is null ? null : SqlStatement.Of($"{Table["status"]} = {SnakeCase<TemplateStatus>.Of(status.Value)}"),
            TableSql.After(Table.Key, page.After));
        var query = SqlStatement.Of($"{Table.Select(condition)} ORDER BY {Table.Key} LIMIT {page.Limit + 1}");
        var templates = await session.QueryAsync(query, PromptTemplateRows.Read, cancellationToken);
        return Page<PromptTemplate>.Of(templates, page.Limit, template => [template.Id.Value]);
    }

    public async Task<TemplateVersion?> FindVersionAsync(TemplateId id, int version, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } present) return null;
        var kept = await session.QueryAsync(TemplateVersionStatements.Find(id, version), TemplateVersionRows.Read, cancellationToken);
        return kept.SingleOrDefault() ?? (present.Version == version ? new TemplateVersion(present, Published: null) : null);
    }

    public async Task<Page<TemplateVersion>> ListVersionsAsync(TemplateId id, PageRequest page, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } present) return new Page<TemplateVersion>([], Next: null);
        int? before = page.After is { } key ? int.Parse(key[0], CultureInfo.InvariantCulture) : null;
        var versions = await session.QueryAsync(TemplateVersionStatements.List(id, page.Limit + 1, before), TemplateVersionRows.Read, cancellationToken);
        // The present version is the newest, and is kept only if it is published.
        if (before is null && (versions is not [var newest, ..] || newest.Template.Version < present.Version)) versions = [new TemplateVersion(present, Published: null), .. versions];
        return Page<TemplateVersion>.Of(versions, page.Limit, version => [version.Template.Version.ToString(CultureInfo.InvariantCulture)]);
    }

    public Task<bool> AddAsync(PromptTemplate template, Publication publication, CancellationToken cancellationToken) => session.WriteAsync(
        async writer =>
        {
            if (await writer.ExecuteAsync(Table.InsertIfAbsent(template)) == 0) return false;
            await KeepAsync(writer, template, publication);
            return true;
        },
        cancellationToken);

    // Of two who write the same version one does, and what is kept is copied from what that one wrote. Who dies in between has kept nothing, but then it is the present
    // version, and whoever replaces it keeps it first.
    public Task<bool> ReplaceAsync(PromptTemplate template, Publication publication, CancellationToken cancellationToken) => session.WriteAsync(
        async writer =>
        {
            await writer.ExecuteAsync(TemplateVersionStatements.Keep(Versions, IdIs(template.Id)), repeatable: true);
            if (await writer.ExecuteAsync(Table.Update(template, Table.Except("id"), IsVersion(template.Id, template.Version - 1))) == 0) return false;
            await KeepAsync(writer, template, publication);
            return true;
        },
        cancellationToken);

    // Versions go first, so that where this is two commits none is left that a later template of this id would be taken to have.
    public async Task<bool> DeleteAsync(TemplateId id, CancellationToken cancellationToken) => await session.WriteAsync(
        async writer =>
        {
            await writer.ExecuteAsync(Versions.Delete(TemplateVersionStatements.IdIs(id)), repeatable: true);
            return await writer.ExecuteAsync(Table.Delete(IdIs(id)));
        },
        cancellationToken) > 0;

    private static async Task KeepAsync(ISqlWriter writer, PromptTemplate template, Publication publication)
    {
        if (template.Status is not TemplateStatus.Published) return;
        await writer.ExecuteAsync(TemplateVersionStatements.Keep(Versions, IsVersion(template.Id, template.Version), publication), repeatable: true);
    }

    private static SqlStatement IsVersion(TemplateId id, int version) => SqlStatement.All(IdIs(id), SqlStatement.Of($"{Table["version"]} = {version}"));

    private static SqlStatement IdIs(TemplateId id) => SqlStatement.Of($"{Table["id"]} = {id.Value}");
}
