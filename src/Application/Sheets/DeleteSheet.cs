using MediatR;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Sheets;

/// <summary>Deletes a sheet's definition. Its source, its labels and its training sheets stay.</summary>
/// <param name="Id">The sheet.</param>
public sealed record DeleteSheetCommand(SheetId Id) : IRequest<Result<Unit>>;

internal sealed class DeleteSheetHandler(ISheetRepository sheets) : IRequestHandler<DeleteSheetCommand, Result<Unit>>
{
    public async Task<Result<Unit>> Handle(DeleteSheetCommand request, CancellationToken cancellationToken) =>
        await sheets.DeleteAsync(request.Id, cancellationToken) ? Unit.Value : SheetErrors.NotFound(request.Id);
}
