using MediatR;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;

namespace Mirion.Generation.Application.Labels;

/// <summary>Lists every version that a canonical label ever had, newest first, the present one included.</summary>
/// <param name="Id">The label; one that was deleted is known by its versions.</param>
public sealed record ListLabelVersionsQuery(CanonicalLabelId Id) : IRequest<Result<IReadOnlyList<CanonicalLabel>>>;

internal sealed class ListLabelVersionsHandler(ICanonicalLabelRepository labels) : IRequestHandler<ListLabelVersionsQuery, Result<IReadOnlyList<CanonicalLabel>>>
{
    public async Task<Result<IReadOnlyList<CanonicalLabel>>> Handle(ListLabelVersionsQuery request, CancellationToken cancellationToken) =>
        await labels.ListVersionsAsync(request.Id, cancellationToken) is { Count: > 0 } versions
            ? Result<IReadOnlyList<CanonicalLabel>>.Of(versions)
            : LabelErrors.NotFound(request.Id);
}
