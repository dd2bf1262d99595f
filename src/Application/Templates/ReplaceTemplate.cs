using FluentValidation;
using MediatR;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Application.Templates;

/// <summary>Makes the next version of a prompt template. The one before stays readable if it was published.</summary>
/// <param name="Id">The template.</param>
/// <param name="Draft">The whole new definition.</param>
public sealed record ReplaceTemplateCommand(TemplateId Id, TemplateDraft Draft) : IRequest<Result<PromptTemplate>>;

internal sealed class ReplaceTemplateValidator : AbstractValidator<ReplaceTemplateCommand>
{
    public ReplaceTemplateValidator() => RuleFor(command => command.Draft.Id).SameIdAs(command => command.Id.Value).OverridePropertyName("id");
}

internal sealed class ReplaceTemplateHandler(IPromptTemplateRepository templates, ICurrentUser user, TimeProvider clock)
    : IRequestHandler<ReplaceTemplateCommand, Result<PromptTemplate>>
{
    public async Task<Result<PromptTemplate>> Handle(ReplaceTemplateCommand request, CancellationToken cancellationToken)
    {
        if (await templates.FindAsync(request.Id, cancellationToken) is not { } current) return TemplateErrors.NotFound(request.Id);
        if (!current.Revise(request.Draft).TryGet(out var next, out var error)) return error;
        if (TemplateSoundness.FirstFault(next) is { } fault) return fault;
        return await templates.ReplaceAsync(next, new Publication(user.Name, clock.GetUtcNow()), cancellationToken)
            ? next
            : TemplateErrors.ChangedMeanwhile(request.Id);
    }
}
