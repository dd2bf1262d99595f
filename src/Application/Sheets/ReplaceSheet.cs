using FluentValidation;
using MediatR;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Sheets;

/// <summary>Replaces the definition of a sheet, having seen that its source and the columns it names exist.</summary>
/// <param name="Id">The sheet.</param>
/// <param name="Draft">The whole new definition.</param>
public sealed record ReplaceSheetCommand(SheetId Id, SheetDraft Draft) : IRequest<Result<Sheet>>;

internal sealed class ReplaceSheetValidator : AbstractValidator<ReplaceSheetCommand>
{
    public ReplaceSheetValidator() => RuleFor(command => command.Draft.Id).SameIdAs(command => command.Id.Value).OverridePropertyName("id");
}

internal sealed class ReplaceSheetHandler(ISheetRepository sheets, ISheetSource source) : IRequestHandler<ReplaceSheetCommand, Result<Sheet>>
{
    public async Task<Result<Sheet>> Handle(ReplaceSheetCommand request, CancellationToken cancellationToken)
    {
        if (await sheets.FindAsync(request.Id, cancellationToken) is null) return SheetErrors.NotFound(request.Id);
        if (!Sheet.Create(request.Id, request.Draft).TryGet(out var sheet, out var error)) return error;
        if (await source.DescribeAsync(sheet, cancellationToken) is { IsSuccess: false, Error: var refusal }) return refusal;
        return await sheets.ReplaceAsync(sheet, cancellationToken) ? sheet : SheetErrors.NotFound(request.Id);
    }
}
