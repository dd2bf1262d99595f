using MediatR;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets.RunGeneration;

internal sealed class RunGenerationHandler(
    GenerationCheck check, GenerationRunner runner, ITrainingSheetRepository sheets, IQAPairRepository pairs)
    : IRequestHandler<RunGenerationCommand, Result<TrainingSheet>>
{
    public async Task<Result<TrainingSheet>> Handle(RunGenerationCommand request, CancellationToken cancellationToken)
    {
        if (await sheets.FindAsync(request.Id, cancellationToken) is not { } stored) return TrainingSheetErrors.NotFound(request.Id);
        if (!(await GeneratingAsync(stored, cancellationToken)).TryGet(out var sheet, out var refusal)) return refusal;

        // The source may have changed since the request was checked; what it lacks now ends the run, not this command.
        if (!(await check.CheckSourceAsync(sheet.Recipe, cancellationToken)).TryGet(out var generation, out var error))
        {
            return await runner.FailAsync(sheet, new StatusReason(error.Code, error.Message));
        }

        var counted = sheet.Recount(await pairs.TallyAsync(sheet.Id, cancellationToken)).Value
            .Record(PairTally.Empty, PairTally.Empty, new GenerationStatistics { TotalItems = generation.Items }).Value;
        return await runner.RunAsync(counted, generation.Prepared, request.Progress, request.KeepGenerating, cancellationToken);
    }

    private async Task<Result<TrainingSheet>> GeneratingAsync(TrainingSheet sheet, CancellationToken cancellationToken)
    {
        if (sheet.Status is TrainingSheetStatus.Generating) return sheet;
        var failures = sheet.Status is TrainingSheetStatus.Review ? await CountFailuresAsync(sheet.Id, cancellationToken) : 0;
        if (!sheet.Resume(failures).TryGet(out var resumed, out var refusal)) return refusal;
        await sheets.SaveAsync(resumed, cancellationToken);
        return resumed;
    }

    private async Task<long> CountFailuresAsync(TrainingSheetId id, CancellationToken cancellationToken)
    {
        var failures = 0L;
        await foreach (var mark in pairs.StreamMarksAsync(id, cancellationToken)) failures += mark.FailedToGenerate ? 1 : 0;
        return failures;
    }
}
