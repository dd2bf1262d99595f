using MediatR;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Application.Templates;

/// <summary>Reads a version of a prompt template: a published one, or its present one.</summary>
/// <param name="Id">The template.</param>
/// <param name="Version">The version.</param>
public sealed record GetTemplateVersionQuery(TemplateId Id, int Version) : IRequest<Result<TemplateVersion>>;

internal sealed class GetTemplateVersionHandler(IPromptTemplateRepository templates) : IRequestHandler<GetTemplateVersionQuery, Result<TemplateVersion>>
{
    public async Task<Result<TemplateVersion>> Handle(GetTemplateVersionQuery request, CancellationToken cancellationToken)
    {
        if (await templates.FindVersionAsync(request.Id, request.Version, cancellationToken) is { } version) return version;
        return await templates.FindAsync(request.Id, cancellationToken) is null
            ? TemplateErrors.NotFound(request.Id)
            : TemplateErrors.VersionNotFound(request.Id, request.Version);
    }
}
