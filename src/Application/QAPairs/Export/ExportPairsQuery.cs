using MediatR;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.QAPairs.Export;

/// <summary>Takes out the labelled pairs of a training sheet that may be put to a use. Refused while the training sheet is being generated.</summary>
/// <param name="Id">The training sheet.</param>
/// <param name="Use">The use, by its name; <c>training</c> when null.</param>
public sealed record ExportPairsQuery(TrainingSheetId Id, string? Use = null) : IRequest<Result<PairExport>>;

/// <summary>Pairs on their way out, counted before the first of them is read.</summary>
/// <param name="Use">What they are for.</param>
/// <param name="Count">How many they are, and how many are left out.</param>
/// <param name="Pairs">The pairs in item order, read as they are asked for.</param>
public sealed record PairExport(Uses Use, ExportCount Count, IAsyncEnumerable<QAPair> Pairs);

/// <summary>How many pairs an export has, and how many it leaves out for which reason; together they are all there are.</summary>
/// <param name="Exported">Labelled, and permitted for the use.</param>
/// <param name="Unlabeled">Left out because nobody has decided on them.</param>
/// <param name="Rejected">Left out because somebody decided against them.</param>
/// <param name="Flagged">Left out because something is wrong with them.</param>
/// <param name="Use">Labelled, but left out because their usage constraints do not permit the use.</param>
public sealed record ExportCount(long Exported, long Unlabeled, long Rejected, long Flagged, long Use)
{
    /// <summary>What is left out, by reason: a status, or <c>use</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Excluded { get; } =
        [new("unlabeled", Unlabeled), new("rejected", Rejected), new("flagged", Flagged), new("use", Use)];
}
