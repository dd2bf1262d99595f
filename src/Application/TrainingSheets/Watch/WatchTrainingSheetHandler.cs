using System.Runtime.CompilerServices;
using MediatR;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Application.TrainingSheets.Watch;

internal sealed class WatchTrainingSheetHandler(IMediator mediator, SheetWatches watches) : IRequestHandler<WatchTrainingSheetQuery, Result<TrainingSheetWatch>>
{
    public async Task<Result<TrainingSheetWatch>> Handle(WatchTrainingSheetQuery request, CancellationToken cancellationToken)
    {
        if (!(await mediator.Send(new GetTrainingSheetQuery(request.Id), cancellationToken)).TryGet(out var sheet, out var error)) return error;
        var now = WatchEvent.Of(sheet);
        if (now.IsLast) return new TrainingSheetWatch(now.Id == request.LastSeen ? null : AsyncEnumerable.Repeat(now, 1));
        return new TrainingSheetWatch(FollowAsync(now, request.LastSeen, cancellationToken));
    }

    private async IAsyncEnumerable<WatchEvent> FollowAsync(WatchEvent now, string? lastSeen, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (now.Id != lastSeen) yield return now;
        var first = true;
        await foreach (var next in watches.FollowAsync(now.Progress.Id, cancellationToken))
        {
            // What others were told last may be older than what was just read, or the same.
            var isKnown = next.IsBefore(now) || (first && next.Id == now.Id);
            first = false;
            if (!isKnown) yield return next;
        }
    }
}
