using MediatR;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Application.QAPairs;

/// <summary>Reads a Q&amp;A pair.</summary>
/// <param name="Id">The pair, as text; what is no id names no pair.</param>
public sealed record GetQAPairQuery(string Id) : IRequest<Result<QAPair>>;

internal sealed class GetQAPairHandler(IQAPairRepository pairs) : IRequestHandler<GetQAPairQuery, Result<QAPair>>
{
    public async Task<Result<QAPair>> Handle(GetQAPairQuery request, CancellationToken cancellationToken) =>
        Guid.TryParse(request.Id, out var id) && await pairs.FindAsync(new QAPairId(id), cancellationToken) is { } pair
            ? pair
            : QAPairErrors.NotFound(request.Id);
}
