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

    public async Task<bool> AddAsync(PromptTemplate template, CancellationToken cancellationToken) =>
        await session.WriteAsync(writer => writer.ExecuteAsync(Table.InsertIfAbsent(template)), cancellationToken) > 0;

    public async Task<bool> ReplaceAsync(PromptTemplate template, CancellationToken cancellationToken)
    {
        var isTheOneBefore = SqlStatement.All(IdIs(template.Id), SqlStatement.Of($"{Table["version"]} = {template.Version - 1}"));
        return await session.WriteAsync(
            writer => writer.ExecuteAsync(Table.Update(template, Table.Except("id"), isTheOneBefore)), cancellationToken) > 0;
    }

    public async Task<bool> DeleteAsync(TemplateId id, CancellationToken cancellationToken) =>
        await session.WriteAsync(writer => writer.ExecuteAsync(Table.Delete(IdIs(id))), cancellationToken) > 0;

    private static SqlStatement IdIs(TemplateId id) => SqlStatement.Of($"{Table["id"]} = {id.Value}");
}
