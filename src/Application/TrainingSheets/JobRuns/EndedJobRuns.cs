using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets.JobRuns;

/// <summary>
/// Notices runs of jobs that ended without a word: a process that was killed, a cluster that never came, a run that was stopped or deleted in the workspace.
/// Their training sheets would be generating for ever.
/// </summary>
internal sealed partial class EndedJobRuns(
    IJobLauncher launcher, ITrainingSheetRepository sheets, IQAPairRepository pairs, IOptions<GenerationOptions> options, TimeProvider clock, ILogger<EndedJobRuns> logger)
{
    // Each is a call to the workspace.
    private const int AtOnce = 8;

    /// <summary>The training sheet as it stands, once a run that is over has been taken into account.</summary>
    public async Task<TrainingSheet> FoldAsync(TrainingSheet sheet, CancellationToken cancellationToken) => (await FoldAsync([sheet], cancellationToken))[0];

    /// <summary>The same for several. Where the workspace does not say how a run stands, its training sheet is answered as it is stored.</summary>
    public async Task<IReadOnlyList<TrainingSheet>> FoldAsync(IReadOnlyList<TrainingSheet> read, CancellationToken cancellationToken)
    {
        if (!read.Any(IsAtJob)) return read;
        TrainingSheet[] folded = [.. read];
        try
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, folded.Length).Where(i => IsAtJob(folded[i])),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (i, stop) => folded[i] = await FoldOneAsync(folded[i], stop));
        }
        catch (UpstreamException e)
        {
            LogSilent(e, e.Code);
        }

        return folded;
    }

    /// <summary>Whether a job is noted for the training sheet, and its run is known to be over.</summary>
    public async Task<bool> IsOverAsync(TrainingSheet sheet, CancellationToken cancellationToken)
    {
        if (sheet.State is not { Mode: ExecutionMode.Job, JobRunId: { } run }) return false;
        try
        {
            return await launcher.FindAsync(run, cancellationToken) is not { State: JobRunState.Active };
        }
        catch (UpstreamException e)
        {
            LogSilent(e, e.Code);
            return false;
        }
    }

    private static bool IsAtJob(TrainingSheet sheet) => sheet is { Status: TrainingSheetStatus.Generating, State: { Mode: ExecutionMode.Job, JobRunId: not null } };

    private async Task<TrainingSheet> FoldOneAsync(TrainingSheet read, CancellationToken cancellationToken)
    {
        var id = read.State.JobRunId!;
        var run = await launcher.FindAsync(id, cancellationToken);
        if (run is { State: JobRunState.Active }) return read;

        // The run may have settled its training sheet just before it ended, or another run may be noted by now.
        var stored = await sheets.FindAsync(read.Id, cancellationToken);
        if (stored is null || !IsAtJob(stored) || stored.State.JobRunId != id) return stored ?? read;
        // Somebody completes it by hand, or its run is only just gone.
        if (stored.Lease.IsLive(clock.GetUtcNow(), options.Value.Lease)) return stored;
        var failed = stored.Recount(await pairs.TallyAsync(stored.Id, cancellationToken)).Value.Fail(ReasonOf(id, run)).Value;
        if (!await sheets.MoveAsync(failed, stored, CancellationToken.None)) return await sheets.FindAsync(read.Id, cancellationToken) ?? read;
        LogEnded(failed.Id, id, failed.State.StatusReason!.Code);
        return failed;
    }

    private static StatusReason ReasonOf(string id, JobRun? run)
    {
        const string Remedy = "What was done is kept; resume it to continue.";
        if (run is null) return new StatusReason("job_lost", $"The workspace no longer knows the job's run {id}, and nothing was heard of how it ended. {Remedy}");
        var (code, ended) = run.State switch
        {
            JobRunState.Cancelled => ("job_cancelled", "was cancelled"),
            JobRunState.Succeeded => ("job_failed", "ended"),
            _ => ("job_failed", "failed"),
        };
        var reason = run.Reason is null ? string.Empty : $" ({run.Reason})";
        var page = run.Page is null ? string.Empty : $"; see {run.Page}";
        return new StatusReason(code, $"The job's run {id} {ended} before every item had its pair{reason}{page}. {Remedy}");
    }

    [LoggerMessage(LogLevel.Warning, "The workspace does not say how a job's run stands ({Code}); training sheets are answered as they are stored")]
    private partial void LogSilent(Exception exception, string code);

    [LoggerMessage(LogLevel.Warning, "Training sheet {Id}: the job's run {JobRunId} ended without a word, {Code}")]
    private partial void LogEnded(TrainingSheetId id, string jobRunId, string code);
}
