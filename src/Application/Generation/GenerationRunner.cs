using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>Runs the pipeline for a training sheet that is generating, and settles what it is afterwards.</summary>
internal sealed partial class GenerationRunner(
    GenerationPipeline pipeline,
    GenerationCheck check,
    ITrainingSheetRepository sheets,
    IQAPairRepository pairs,
    IOptions<GenerationOptions> options,
    TimeProvider clock,
    ILogger<GenerationRunner> logger)
{
    /// <summary>
    /// The training sheet as the run left it: in review, approved or failed; or as somebody else left it, who decided on it while the run was at work.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller cancelled the run; what is done is kept.</exception>
    public async Task<Result<TrainingSheet>> RunAsync(
        TrainingSheet sheet,
        PreparedRecipe prepared,
        RunningGeneration run,
        IProgress<GenerationProgress>? progress,
        bool keepGenerating,
        CancellationToken cancellationToken)
    {
        await using var lease = Hold(sheet);
        using var stop = new RunStop(options.Value.Drain, clock, run.Stopped, lease.Lost, cancellationToken);
        return await EndAsync(await RunAsync(sheet, prepared, lease, run.Progress.Tell(progress), stop), lease, run, stop, keepGenerating, cancellationToken);
    }

    /// <summary>The same for a training sheet whose request was checked earlier: its source may have changed since, and earlier runs may have left pairs.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled the run; what is done is kept.</exception>
    public async Task<Result<TrainingSheet>> ContinueAsync(
        TrainingSheet sheet, RunningGeneration run, IProgress<GenerationProgress>? progress, bool keepGenerating, CancellationToken cancellationToken)
    {
        await using var lease = Hold(sheet);
        using var stop = new RunStop(options.Value.Drain, clock, run.Stopped, lease.Lost, cancellationToken);
        RunOutcome outcome;
        try
        {
            // What the source lacks now ends the run, not the command.
            if (!(await check.CheckSourceAsync(sheet.Recipe, stop.Begin)).TryGet(out var generation, out var error))
            {
                return await FailAsync(sheet, new StatusReason(error.Code, error.Message), stop.Commits);
            }

            // Whoever comes first finds no pairs.
            var there = sheet is { Lease.IsFirst: true, Tally.Total: 0 } ? PairTally.Empty : await pairs.TallyAsync(sheet.Id, stop.Begin);
            var counted = sheet.Recount(there).Value
                .Record(PairTally.Empty, PairTally.Empty, new GenerationStatistics { TotalItems = generation.Items }).Value;
            outcome = await RunAsync(counted, generation.Prepared, lease, run.Progress.Tell(progress), stop);
        }
        catch (Exception e)
        {
            outcome = new RunOutcome(sheet, e);
        }

        return await EndAsync(outcome, lease, run, stop, keepGenerating, cancellationToken);
    }

    private HeldLease Hold(TrainingSheet sheet) => new(sheet, sheets, options.Value.Lease, clock, logger);

    private Task<RunOutcome> RunAsync(
        TrainingSheet sheet, PreparedRecipe prepared, HeldLease lease, IProgress<GenerationProgress> progress, RunStop stop)
    {
        LogStarted(sheet.Id, sheet.State.Statistics.TotalItems, sheet.Tally.Total);
        // Told before the first commit, so that whoever watches knows what to resume from the start.
        progress.Report(GenerationProgress.Of(sheet));
        return pipeline.RunAsync(sheet, prepared, lease, progress, stop);
    }

    private async Task<Result<TrainingSheet>> EndAsync(
        RunOutcome outcome, HeldLease lease, RunningGeneration run, RunStop stop, bool keepGenerating, CancellationToken cancellationToken)
    {
        // From here on the lease is given back, and must not be renewed.
        await lease.DisposeAsync();
        switch (outcome.Failure)
        {
            case null:
                return await SettleAsync(outcome.Sheet.Complete().Value, stop.Commits);
            case DecidedElsewhereException:
            case OperationCanceledException when lease.Lost.IsCancellationRequested:
                return await AsStoredAsync(outcome.Sheet.Id, stop.Commits);
            case OperationCanceledException when run.Stopped.IsCancellationRequested:
                return await FailAsync(outcome.Sheet, StatusReason.Cancelled, stop.Commits);
            // The caller's own cancellation is no fault of the run.
            case not null when cancellationToken.IsCancellationRequested:
                await LeaveAsync(outcome, keepGenerating, stop.Commits);
                throw new OperationCanceledException(cancellationToken);
            default:
                return await FailAsync(outcome.Sheet, ReasonOf(outcome.Sheet.Id, outcome.Failure), stop.Commits);
        }
    }

    // A store that does not answer must not hold up a process that is to end: the training sheet is left to its lease, and whoever takes it next.
    private async Task LeaveAsync(RunOutcome outcome, bool keepGenerating, CancellationToken giveUp)
    {
        try
        {
            if (outcome.Failure is not OperationCanceledException) await FailAsync(outcome.Sheet, ReasonOf(outcome.Sheet.Id, outcome.Failure!), giveUp);
            else if (keepGenerating) await sheets.SaveAsync(outcome.Sheet.Released().Value, giveUp);
            else await FailAsync(outcome.Sheet, StatusReason.Cancelled, giveUp);
        }
        catch (Exception e) when (e is UpstreamException or OperationCanceledException)
        {
            LogLeft(e, outcome.Sheet.Id);
        }
    }

    // Counts that a store committed apart from its pairs may have run ahead of them when the run broke off.
    private async Task<Result<TrainingSheet>> FailAsync(TrainingSheet sheet, StatusReason reason, CancellationToken giveUp) =>
        await SettleAsync(sheet.Recount(await pairs.TallyAsync(sheet.Id, giveUp)).Value.Fail(reason).Value, giveUp);

    private async Task<Result<TrainingSheet>> SettleAsync(TrainingSheet sheet, CancellationToken giveUp)
    {
        if (!await sheets.SaveAsync(sheet, giveUp)) return await AsStoredAsync(sheet.Id, giveUp);
        LogSettled(sheet.Id, sheet.Status, sheet.Tally.Labeled, sheet.Tally.Unlabeled, sheet.Tally.Flagged, sheet.State.Statistics.DurationMs, sheet.State.StatusReason?.Code);
        return sheet;
    }

    // Whoever decided counted the pairs there were then; the last batch may have come after that.
    private async Task<Result<TrainingSheet>> AsStoredAsync(TrainingSheetId id, CancellationToken giveUp)
    {
        if (await sheets.FindAsync(id, giveUp) is not { } stored)
        {
            LogDeleted(id);
            return TrainingSheetErrors.NotFound(id);
        }

        LogDecidedElsewhere(id, stored.Status);
        if (stored.Status is not TrainingSheetStatus.Failed) return stored;
        var counted = stored.Recount(await pairs.TallyAsync(id, giveUp)).Value;
        return counted.Tally != stored.Tally && await sheets.MoveAsync(counted, stored, giveUp) ? counted : stored;
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

    [LoggerMessage(LogLevel.Information, "Training sheet {Id}: the run ends, the training sheet is no longer its own but {Status}")]
    private partial void LogDecidedElsewhere(TrainingSheetId id, TrainingSheetStatus status);

    [LoggerMessage(LogLevel.Information, "Training sheet {Id}: the run ends, the training sheet was deleted meanwhile")]
    private partial void LogDeleted(TrainingSheetId id);

    [LoggerMessage(LogLevel.Warning, "Training sheet {Id}: the process ends before the store took everything; what is missing is made by whoever goes on")]
    private partial void LogLeft(Exception exception, TrainingSheetId id);

    [LoggerMessage(LogLevel.Error, "Training sheet {Id}: the run ended early, {Code}")]
    private partial void LogUpstream(Exception exception, TrainingSheetId id, string code);

    [LoggerMessage(LogLevel.Error, "Training sheet {Id}: the run met an unexpected fault")]
    private partial void LogUnexpected(Exception exception, TrainingSheetId id);
}
