using System.Text.Json.Nodes;
using Mirion.Generation.FakeDatabricks.Requests;

namespace Mirion.Generation.FakeDatabricks.Jobs;

/// <summary>A run as the API shows it.</summary>
internal sealed class RunShapes(FakeDatabricksWorkspace workspace)
{
    private const int MostInAnArray = 100;

    /// <summary>The run with a page of its tasks.</summary>
    public JsonObject Whole(JobRun run, int firstTask)
    {
        var now = run.Show();
        var body = Brief(run, now);
        body["tasks"] = new JsonArray([.. run.TaskRunIds.Select((id, index) => Task(run, now, id, index)).Skip(firstTask).Take(MostInAnArray)]);
        var next = firstTask + MostInAnArray;
        if (next < run.TaskRunIds.Count) body["next_page_token"] = PageToken.Of(next);
        return body;
    }

    /// <summary>The run without its tasks, as lists have it.</summary>
    public JsonObject Brief(JobRun run, RunSnapshot now) => new()
    {
        ["job_id"] = run.Job.Id,
        ["run_id"] = run.Id,
        ["job_run_id"] = run.Id,
        ["original_attempt_run_id"] = run.Id,
        ["number_in_job"] = run.Number,
        ["creator_user_name"] = "owner@example.com",
        ["run_name"] = run.Job.Name,
        ["run_page_url"] = Page(run),
        ["run_type"] = "JOB_RUN",
        ["format"] = "MULTI_TASK",
        ["trigger"] = "ONE_TIME",
        ["start_time"] = run.StartedAt.ToUnixTimeMilliseconds(),
        ["end_time"] = now.EndedAt?.ToUnixTimeMilliseconds() ?? 0,
        ["job_parameters"] = new JsonArray([.. run.Job.Parameters.Select(name => new JsonObject
        {
            ["name"] = name,
            ["default"] = "",
            ["value"] = run.Parameters.GetValueOrDefault(name, ""),
        })]),
        ["status"] = Status(now),
        ["state"] = State(now),
    };

    /// <summary>The output of a task: what it printed, and what it says about its end.</summary>
    public JsonObject Output(JobRun run, long taskRunId)
    {
        var now = run.Show();
        var (logs, truncated) = run.Output.Read();
        var body = new JsonObject
        {
            ["logs"] = logs,
            ["logs_truncated"] = truncated,
            ["metadata"] = Task(run, now, taskRunId, run.TaskRunIds.ToList().IndexOf(taskRunId)),
        };
        if (now.End is { Result: "FAILED" } end) body["error"] = end.Message;
        return body;
    }

    private string Page(JobRun run) => $"{workspace.Host}?o={RequestLog.WorkspaceNumber}#job/{run.Job.Id}/run/{run.Id}";

    private JsonObject Task(JobRun run, RunSnapshot now, long id, int index) => new()
    {
        ["run_id"] = id,
        ["task_key"] = run.Job.TaskKeys[index],
        ["attempt_number"] = 0,
        ["run_page_url"] = $"{Page(run)}/task/{id}",
        ["start_time"] = run.StartedAt.ToUnixTimeMilliseconds(),
        ["end_time"] = now.EndedAt?.ToUnixTimeMilliseconds() ?? 0,
        ["status"] = Status(now),
        ["state"] = State(now),
    };

    private static JsonObject Status(RunSnapshot now)
    {
        var status = new JsonObject { ["state"] = Name(now.State) };
        if (now.State is RunState.Queued)
            status["queue_details"] = new JsonObject { ["code"] = "MAX_CONCURRENT_RUNS_REACHED", ["message"] = "Queued due to reaching maximum concurrent runs." };
        if (now.End is { } end) status["termination_details"] = new JsonObject { ["code"] = end.Code, ["type"] = end.Type, ["message"] = end.Message };
        return status;
    }

    private static JsonObject State(RunSnapshot now)
    {
        var state = new JsonObject { ["life_cycle_state"] = now.End?.LifeCycle ?? Name(now.State) };
        if (now.End is { } end) state["result_state"] = end.Result;
        state["state_message"] = now.End?.Message ?? "";
        state["user_cancelled_or_timedout"] = now.End is { Result: "CANCELED" };
        return state;
    }

    private static string Name(RunState state) => state switch
    {
        RunState.Queued => "QUEUED",
        RunState.Pending => "PENDING",
        RunState.Running => "RUNNING",
        RunState.Terminating => "TERMINATING",
        _ => "TERMINATED",
    };
}
