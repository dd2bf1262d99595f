using MediatR;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets.RunGeneration;

/// <summary>Completes a training sheet that is generating or failed; what a job runs.</summary>
/// <param name="Id">The training sheet.</param>
/// <param name="Progress">Told of every commit.</param>
/// <param name="KeepGenerating">
/// What a cancellation means: true leaves the training sheet generating, for the next start of the host to pick up; false fails it as
/// cancelled. Either way the pairs that are done are kept, and the cancellation is thrown to the caller.
/// </param>
public sealed record RunGenerationCommand(TrainingSheetId Id, IProgress<GenerationProgress>? Progress = null, bool KeepGenerating = false)
    : IRequest<Result<TrainingSheet>>;
