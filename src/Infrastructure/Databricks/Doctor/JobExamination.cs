using Microsoft.Extensions.Options;
using Mirion.Generation.Infrastructure.Databricks.Jobs;

namespace Mirion.Generation.Infrastructure.Databricks.Doctor;

/// <summary>Whether the job that generates large training sheets is there, and takes what it is told.</summary>
internal sealed class JobExamination(IJobsApi jobs, IOptions<DatabricksOptions> options)
{
    private const string Parameter = "training_sheet_id";
    private const string Remedy = "Deploy build/databricks, set Workspace:Databricks:JobId to the job it makes, and grant CAN MANAGE RUN on that.";

    public Examination Examination => new("job", Remedy, LookAsync);

    private async Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        if (options.Value.JobId is not { } id) return new Finding("No job is set, so sheets that are too large for a request cannot be generated.", Remedy);
        var settings = (await jobs.GetAsync(id, cancellationToken)).Settings;
        return settings?.Parameters?.Any(parameter => parameter.Name == Parameter) is true
            ? new Finding($"The job '{settings.Name}' is there and takes {Parameter}.")
            : new Finding($"The job '{settings?.Name}' has no parameter {Parameter}, so its runs would not know what to generate.", Remedy);
    }
}
