using Mirion.Generation.Infrastructure.Databricks.Http;
using Refit;

namespace Mirion.Generation.Infrastructure.Databricks.Jobs;

/// <summary>Jobs (docs.databricks.com/api/workspace/jobs).</summary>
internal interface IJobsApi
{
    [Get("/api/2.2/jobs/get")]
    Task<Job> GetAsync([AliasAs("job_id")] long jobId, CancellationToken cancellationToken);

    [Post("/api/2.2/jobs/run-now")]
    Task<StartedRun> RunNowAsync([Body] RunNow request, [Property(RequestTraits.Repeatable)] bool repeatable, CancellationToken cancellationToken);

    [Get("/api/2.2/jobs/runs/get")]
    Task<Run> GetRunAsync([AliasAs("run_id")] long runId, CancellationToken cancellationToken);

    [Post("/api/2.2/jobs/runs/cancel")]
    Task CancelRunAsync([Body] CancelRun request, [Property(RequestTraits.Repeatable)] bool repeatable, CancellationToken cancellationToken);
}
