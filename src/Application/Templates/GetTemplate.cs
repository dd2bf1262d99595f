using MediatR;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Application.Templates;

/// <summary>Reads a prompt template.</summary>
/// <param name="Id">The template.</param>
public sealed record GetTemplateQuery(TemplateId Id) : IRequest<Result<PromptTemplate>>;

internal sealed class GetTemplateHandler(IPromptTemplateRepository templates) : IRequestHandler<GetTemplateQuery, Result<PromptTemplate>>
{
    public async Task<Result<PromptTemplate>> Handle(GetTemplateQuery request, CancellationToken cancellationToken) =>
        await templates.FindAsync(request.Id, cancellationToken) is { } template ? template : TemplateErrors.NotFound(request.Id);
}
