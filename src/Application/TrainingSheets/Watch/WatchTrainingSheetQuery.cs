using MediatR;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets.Watch;

/// <summary>Watches a training sheet until its generation is over, wherever that runs.</summary>
/// <param name="Id">The training sheet.</param>
/// <param name="LastSeen">The id of the last event that the caller has seen, if any: it is not told again.</param>
public sealed record WatchTrainingSheetQuery(TrainingSheetId Id, string? LastSeen = null) : IRequest<Result<TrainingSheetWatch>>;

/// <summary>A training sheet that is watched.</summary>
/// <param name="Events">What happens, as it happens; the last event is the end of the generation. Null when that is over and the caller has seen its end.</param>
public sealed record TrainingSheetWatch(IAsyncEnumerable<WatchEvent>? Events);
