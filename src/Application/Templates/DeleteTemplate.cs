using MediatR;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Application.Templates;

/// <summary>Deletes a prompt template with all its versions. What was made with it stays, and keeps its own copy of it.</summary>
/// <param name="Id">The template.</param>
public sealed record DeleteTemplateCommand(TemplateId Id) : IRequest<Result<Unit>>;

internal sealed class DeleteTemplateHandler(IPromptTemplateRepository templates) : IRequestHandler<DeleteTemplateCommand, Result<Unit>>
{
    public async Task<Result<Unit>> Handle(DeleteTemplateCommand request, CancellationToken cancellationToken) =>
        await templates.DeleteAsync(request.Id, cancellationToken) ? Unit.Value : TemplateErrors.NotFound(request.Id);
}
