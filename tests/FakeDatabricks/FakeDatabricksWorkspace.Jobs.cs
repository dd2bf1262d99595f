using System.Globalization;
using Mirion.Generation.FakeDatabricks.Jobs;

namespace Mirion.Generation.FakeDatabricks;

/// <summary>The job, and what a test does to its runs.</summary>
public sealed partial class FakeDatabricksWorkspace
{
    /// <summary>The runs that were started, in that order.</summary>
    public IReadOnlyList<long> RunIds => [.. _jobs.Runs.Select(run => run.Id)];

    /// <summary>The variables that make the product use this workspace, but for those that say who it is.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["DATABRICKS_HOST"] = Host.ToString(),
        ["DATABRICKS_WAREHOUSE_ID"] = WarehouseId,
        ["Workspace__Provider"] = "Databricks",
        ["Workspace__Databricks__Catalog"] = Catalog,
        ["Workspace__Databricks__Schema"] = Schema,
        ["Workspace__Databricks__StagingVolume"] = StagingVolume,
        ["Workspace__Databricks__JobId"] = JobId.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Makes another job.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tasks">How many tasks it has; only the first works.</param>
    public long AddJob(string name, int tasks = 1) => _jobs.Add(name, tasks);

    /// <summary>Loses what a run runs on: its process is killed, and it ends with an internal error.</summary>
    public void KillRun(long runId) => _jobs.Get(runId).Decide(RunEnd.Lost);

    /// <summary>Ends a run with a termination code, such as <c>SUCCESS</c>; its process, if it has one, is killed.</summary>
    public void FinishRun(long runId, string code = "SUCCESS") => _jobs.Get(runId).Decide(RunEnd.Of(code));

    /// <summary>Lets the next run fail before it starts.</summary>
    /// <param name="code">The termination code, such as <c>CLUSTER_ERROR</c>.</param>
    public void FailNextRun(string code) => _jobs.FailNext(code);

    /// <summary>Completes when a run has ended.</summary>
    public Task RunEndedAsync(long runId) => _jobs.Get(runId).Ended;

    /// <summary>What a run has printed so far.</summary>
    public string OutputOf(long runId) => _jobs.Get(runId).Output.Read().Text;

    /// <summary>The variables of a run: this workspace, the service principal, and what the options say, which goes first.</summary>
    internal IReadOnlyDictionary<string, string> JobVariables()
    {
        var variables = new Dictionary<string, string>(Variables);

        // Two ways to say who one is are an error of configuration, so a token in the options stands alone.
        if (!Options.JobEnvironment.ContainsKey("DATABRICKS_TOKEN"))
            (variables["DATABRICKS_CLIENT_ID"], variables["DATABRICKS_CLIENT_SECRET"]) = (ClientId, ClientSecret);
        foreach (var (name, value) in Options.JobEnvironment) variables[name] = value;
        return variables;
    }
}
