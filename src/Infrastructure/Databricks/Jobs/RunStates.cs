using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Infrastructure.Databricks.Jobs;

/// <summary>The workspace's words for how a run stands, folded into ours.</summary>
internal static class RunStates
{
    private const string Unknown = "UNKNOWN";

    public static JobRun ToJobRun(this Run run)
    {
        var page = Uri.TryCreate(run.RunPageUrl, UriKind.Absolute, out var url) && url.Scheme.StartsWith(Uri.UriSchemeHttp, StringComparison.Ordinal) ? url : null;
        return Fold(run) is (var state, var reason) ? new JobRun(state, reason, page) : new JobRun(JobRunState.Active, Page: page);
    }

    // How it ended, and why; null while it goes on. The old state says INTERNAL_ERROR of a run that merely failed, so the new one comes first.
    private static (JobRunState State, string Reason)? Fold(Run run) => run switch
    {
        { Status.State: "TERMINATED" } => Ended(run.Status.TerminationDetails?.Code),
        { Status.State: "BLOCKED" or "PENDING" or "QUEUED" or "RUNNING" or "TERMINATING" or "WAITING" } => null,
        { State: { LifeCycleState: "TERMINATED" } old } => Ended(old.ResultState),
        { State.LifeCycleState: "SKIPPED" or "INTERNAL_ERROR" } => (JobRunState.Failed, run.State.LifeCycleState),
        { EndTime: > 0 } => (JobRunState.Failed, Unknown),
        _ => null,
    };

    // Whatever is not known to be good is not.
    private static (JobRunState State, string Reason) Ended(string? code) => code switch
    {
        "SUCCESS" => (JobRunState.Succeeded, code),
        "USER_CANCELED" or "CANCELED" => (JobRunState.Cancelled, code),
        _ => (JobRunState.Failed, code ?? Unknown),
    };
}
