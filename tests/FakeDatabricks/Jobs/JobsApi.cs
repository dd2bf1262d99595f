using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mirion.Generation.FakeDatabricks.Jobs;

/// <summary>The jobs of Jobs API 2.2 (docs.databricks.com/api/workspace/jobs): what there is, and starting one.</summary>
internal sealed class JobsApi(JobRuns jobs, int maxConcurrentRuns) : IFakeApi
{
    /// <summary>The parameter of the job that names what a run works on.</summary>
    public const string TrainingSheetParameter = "training_sheet_id";

    private const int MaxTokenLength = 64;
    private const int MaxPage = 100;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/2.2/jobs/run-now", RunNow);
        routes.MapGet("/api/2.2/jobs/get", Get);
        routes.MapGet("/api/2.2/jobs/list", List);
    }

    /// <summary>A job that is not there: 400, not 404, for historical reasons.</summary>
    private static IResult NoJob(long id) => ApiError.Invalid($"Job {id} does not exist.");

    private IResult RunNow(RunNowRequest request)
    {
        if (jobs.FindJob(request.JobId) is not { } job) return NoJob(request.JobId);
        if (request.IdempotencyToken is { Length: > MaxTokenLength }) return ApiError.Invalid($"The idempotency token may have at most {MaxTokenLength} characters.");
        if (request.PerformanceTarget is not (null or "STANDARD" or "PERFORMANCE_OPTIMIZED")) return ApiError.Invalid("Unknown performance_target.");
        if (request.Only?.FirstOrDefault(key => !job.TaskKeys.Contains(key)) is { } task) return ApiError.Invalid($"Task {task} does not exist.");
        var parameters = request.JobParameters ?? [];

        // Not documented, and so refused: a parameter that the job does not declare would be lost.
        if (parameters.Keys.FirstOrDefault(name => !job.Parameters.Contains(name)) is { } unknown) return ApiError.Invalid($"The job has no parameter {unknown}.");
        if (parameters.Any(parameter => parameter.Value is null)) return ApiError.Malformed("Could not parse request object: a job parameter is not a string.");
        var run = jobs.Start(job, parameters!, string.IsNullOrEmpty(request.IdempotencyToken) ? null : request.IdempotencyToken, request.Queue?.Enabled ?? true);
        return Results.Ok(new RunNowReply(run.Id, run.Number));
    }

    private IResult Get(long job_id, string? page_token)
    {
        if (jobs.FindJob(job_id) is not { } job) return NoJob(job_id);
        if (!PageToken.TryRead(page_token, out var first)) return ApiError.Invalid("Invalid page token.");
        var body = Shape(job, first, withTasks: true);
        if (first + MaxPage < job.TaskKeys.Count) body["next_page_token"] = PageToken.Of(first + MaxPage);
        return Results.Ok(body);
    }

    private IResult List(string? name, int? limit, string? page_token, bool? expand_tasks)
    {
        if (limit is < 1 or > MaxPage) return ApiError.Invalid($"limit must be between 1 and {MaxPage}.");
        if (!PageToken.TryRead(page_token, out var first)) return ApiError.Invalid("Invalid page token.");
        var found = jobs.Jobs.Where(job => name is null || string.Equals(job.Name, name, StringComparison.OrdinalIgnoreCase)).Reverse().ToList();
        var page = found.Skip(first).Take(limit ?? 20).ToList();
        var body = new JsonObject { ["has_more"] = first + page.Count < found.Count };
        if (page.Count > 0) body["jobs"] = new JsonArray([.. page.Select(job => Shape(job, 0, expand_tasks ?? false))]);
        if (first + page.Count < found.Count) body["next_page_token"] = PageToken.Of(first + page.Count);
        return Results.Ok(body);
    }

    private JsonObject Shape(JobDefinition job, int firstTask, bool withTasks)
    {
        var settings = new JsonObject
        {
            ["name"] = job.Name,
            ["format"] = "MULTI_TASK",
            ["max_concurrent_runs"] = maxConcurrentRuns,
            ["queue"] = new JsonObject { ["enabled"] = true },
            ["parameters"] = new JsonArray([.. job.Parameters.Select(parameter => new JsonObject { ["name"] = parameter, ["default"] = "" })]),
        };
        if (withTasks) settings["tasks"] = new JsonArray([.. job.TaskKeys.Skip(firstTask).Take(MaxPage).Select(key => new JsonObject { ["task_key"] = key })]);
        return new JsonObject { ["job_id"] = job.Id, ["creator_user_name"] = "owner@example.com", ["run_as_user_name"] = "owner@example.com", ["settings"] = settings };
    }

    private sealed record RunNowRequest
    {
        public required long JobId { get; init; }

        public Dictionary<string, string?>? JobParameters { get; init; }

        public string? IdempotencyToken { get; init; }

        public QueueSettings? Queue { get; init; }

        public IReadOnlyList<string>? Only { get; init; }

        public string? PerformanceTarget { get; init; }
    }

    private sealed record QueueSettings(bool Enabled);

    private sealed record RunNowReply(long RunId, int NumberInJob);
}
