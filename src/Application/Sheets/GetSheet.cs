using MediatR;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Sheets;

/// <summary>Reads a sheet's definition.</summary>
/// <param name="Id">The sheet.</param>
public sealed record GetSheetQuery(SheetId Id) : IRequest<Result<Sheet>>;

internal sealed class GetSheetHandler(ISheetRepository sheets) : IRequestHandler<GetSheetQuery, Result<Sheet>>
{
    public async Task<Result<Sheet>> Handle(GetSheetQuery request, CancellationToken cancellationToken) =>
        await sheets.FindAsync(request.Id, cancellationToken) is { } sheet ? sheet : SheetErrors.NotFound(request.Id);
}
