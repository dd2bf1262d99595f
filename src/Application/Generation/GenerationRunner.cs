using Microsoft.Extensions.Logging;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>Runs the pipeline for a training sheet that is generating, and settles what it is afterwards.</summary>
internal sealed partial class GenerationRunner(
    GenerationPipeline pipeline, ITrainingSheetRepository sheets, RunningGenerations running, ILogger<GenerationRunner> logger)
{
    /// <summary>The training sheet as the run left it: in review, approved or failed. Refused while it is being generated already.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled; what is done is kept.</exception>
    public async Task<Result<TrainingSheet>> RunAsync(
        TrainingSheet sheet, PreparedRecipe prepared, IProgress<GenerationProgress>? progress, bool keepGenerating, CancellationToken cancellationToken)
    {
        using var taken = running.TryTake(sheet.Id);
        if (taken is null) return TrainingSheetErrors.AlreadyRunning(sheet.Id);

        LogStarted(sheet.Id, sheet.State.Statistics.TotalItems, sheet.Tally.Total);
        // Told before the first commit, so that whoever watches knows what to resume from the start.
        progress?.Report(GenerationProgress.Of(sheet));
        var outcome = await pipeline.RunAsync(sheet, prepared, progress, cancellationToken);
        if (outcome.Failure is null) return await SettleAsync(outcome.Sheet.Complete().Value);

        // The caller's own cancellation is no fault of the run.
        if (cancellationToken.IsCancellationRequested && outcome.Failure is OperationCanceledException)
        {
            if (!keepGenerating) await SettleAsync(outcome.Sheet.Fail(StatusReason.Cancelled).Value);
            throw new OperationCanceledException(cancellationToken);
        }

        return await FailAsync(outcome.Sheet, ReasonOf(sheet.Id, outcome.Failure));
    }

    /// <summary>Ends a training sheet whose run cannot even begin.</summary>
    public Task<TrainingSheet> FailAsync(TrainingSheet sheet, StatusReason reason) => SettleAsync(sheet.Fail(reason).Value);

    private async Task<TrainingSheet> SettleAsync(TrainingSheet sheet)
    {
        await sheets.SaveAsync(sheet, CancellationToken.None);
        LogSettled(sheet.Id, sheet.Status, sheet.Tally.Labeled, sheet.Tally.Unlabeled, sheet.Tally.Flagged, sheet.State.Statistics.DurationMs, sheet.State.StatusReason?.Code);
        return sheet;
    }

    private StatusReason ReasonOf(TrainingSheetId id, Exception failure)
    {
        if (failure is UpstreamException upstream)
        {
            LogUpstream(upstream, id, upstream.Code);
            return new StatusReason(upstream.Code, upstream.Message);
        }

        LogUnexpected(failure, id);
        return new StatusReason("internal_error", $"The generation met an unexpected fault ({failure.GetType().Name}); the log has the details. What was done is kept; run it again to continue.");
    }

    [LoggerMessage(LogLevel.Information, "Training sheet {Id}: generating {Items} items, {Done} pairs are there")]
    private partial void LogStarted(TrainingSheetId id, long items, long done);

    [LoggerMessage(LogLevel.Information, "Training sheet {Id}: {Status}, {Labeled} labeled, {Unlabeled} unlabeled, {Flagged} flagged after {DurationMs} ms {ReasonCode}")]
    private partial void LogSettled(TrainingSheetId id, TrainingSheetStatus status, long labeled, long unlabeled, long flagged, long durationMs, string? reasonCode);

    [LoggerMessage(LogLevel.Error, "Training sheet {Id}: the run ended early, {Code}")]
    private partial void LogUpstream(Exception exception, TrainingSheetId id, string code);

    [LoggerMessage(LogLevel.Error, "Training sheet {Id}: the run met an unexpected fault")]
    private partial void LogUnexpected(Exception exception, TrainingSheetId id);
}
