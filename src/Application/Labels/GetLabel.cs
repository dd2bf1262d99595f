using MediatR;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;

namespace Mirion.Generation.Application.Labels;

/// <summary>Reads a canonical label by its id.</summary>
/// <param name="Id">The label.</param>
public sealed record GetLabelQuery(CanonicalLabelId Id) : IRequest<Result<CanonicalLabel>>;

/// <summary>Reads a canonical label by its key.</summary>
/// <param name="Key">Sheet, item and label type.</param>
public sealed record LookupLabelQuery(CanonicalLabelKey Key) : IRequest<Result<CanonicalLabel>>;

internal sealed class GetLabelHandler(ICanonicalLabelRepository labels)
    : IRequestHandler<GetLabelQuery, Result<CanonicalLabel>>, IRequestHandler<LookupLabelQuery, Result<CanonicalLabel>>
{
    public async Task<Result<CanonicalLabel>> Handle(GetLabelQuery request, CancellationToken cancellationToken) =>
        await labels.FindAsync(request.Id, cancellationToken) is { } label ? label : LabelErrors.NotFound(request.Id);

    public async Task<Result<CanonicalLabel>> Handle(LookupLabelQuery request, CancellationToken cancellationToken) =>
        await labels.FindAsync(request.Key.ToId(), cancellationToken) is { } label ? label : LabelErrors.NotFound(request.Key);
}
