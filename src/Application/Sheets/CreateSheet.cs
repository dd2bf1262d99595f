using FluentValidation;
using MediatR;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Sheets;

/// <summary>Defines a sheet, having seen that its source and the columns it names exist.</summary>
/// <param name="Draft">The definition.</param>
public sealed record CreateSheetCommand(SheetDraft Draft) : IRequest<Result<Sheet>>;

internal sealed class CreateSheetValidator : AbstractValidator<CreateSheetCommand>
{
    public CreateSheetValidator() => RuleFor(command => command.Draft.Id).OptionalId().OverridePropertyName("id");
}

internal sealed class CreateSheetHandler(ISheetRepository sheets, ISheetSource source, TimeProvider clock) : IRequestHandler<CreateSheetCommand, Result<Sheet>>
{
    public async Task<Result<Sheet>> Handle(CreateSheetCommand request, CancellationToken cancellationToken)
    {
        var id = new SheetId(request.Draft.Id ?? NewId.At(clock));
        if (!Sheet.Create(id, request.Draft).TryGet(out var sheet, out var error)) return error;
        if (await source.DescribeAsync(sheet, cancellationToken) is { IsSuccess: false, Error: var refusal }) return refusal;
        return await sheets.AddAsync(sheet, cancellationToken) ? sheet : SheetErrors.AlreadyExists(id);
    }
}
