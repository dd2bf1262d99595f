using FluentValidation;
using MediatR;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Application.Templates;

/// <summary>Defines a prompt template, having seen that its question is sound Handlebars and its schema one that answers can be held to.</summary>
/// <param name="Draft">The definition.</param>
public sealed record CreateTemplateCommand(TemplateDraft Draft) : IRequest<Result<PromptTemplate>>;

internal sealed class CreateTemplateValidator : AbstractValidator<CreateTemplateCommand>
{
    public CreateTemplateValidator() => RuleFor(command => command.Draft.Id).OptionalId().OverridePropertyName("id");
}

internal sealed class CreateTemplateHandler(IPromptTemplateRepository templates, ICurrentUser user, TimeProvider clock)
    : IRequestHandler<CreateTemplateCommand, Result<PromptTemplate>>
{
    public async Task<Result<PromptTemplate>> Handle(CreateTemplateCommand request, CancellationToken cancellationToken)
    {
        var id = new TemplateId(request.Draft.Id ?? NewId.At(clock));
        if (!PromptTemplate.Create(id, request.Draft).TryGet(out var template, out var error)) return error;
        if (TemplateSoundness.FirstFault(template) is { } fault) return fault;
        return await templates.AddAsync(template, new Publication(user.Name, clock.GetUtcNow()), cancellationToken) ? template : TemplateErrors.AlreadyExists(id);
    }
}
