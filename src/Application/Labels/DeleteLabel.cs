using MediatR;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;

namespace Mirion.Generation.Application.Labels;

/// <summary>Deletes a canonical label. Pairs that were made from it stay as they are, and its versions are kept: one that is made again for its key goes on counting.</summary>
/// <param name="Id">The label.</param>
public sealed record DeleteLabelCommand(CanonicalLabelId Id) : IRequest<Result<Unit>>;

internal sealed class DeleteLabelHandler(ICanonicalLabelRepository labels) : IRequestHandler<DeleteLabelCommand, Result<Unit>>
{
    public async Task<Result<Unit>> Handle(DeleteLabelCommand request, CancellationToken cancellationToken) =>
        await labels.DeleteAsync(request.Id, cancellationToken) ? Unit.Value : LabelErrors.NotFound(request.Id);
}
