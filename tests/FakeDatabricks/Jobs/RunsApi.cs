using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mirion.Generation.FakeDatabricks.Jobs;

/// <summary>The runs of Jobs API 2.2: how they stand, what they printed, and cancelling them.</summary>
internal sealed class RunsApi(JobRuns jobs, RunShapes shapes) : IFakeApi
{
    private const int MaxPage = 24;

    public void Map(IEndpointRouteBuilder routes)
    {
        var runs = routes.MapGroup("/api/2.2/jobs/runs");
        runs.MapGet("/get", Get);
        runs.MapGet("/get-output", GetOutput);
        runs.MapGet("/list", List);
        runs.MapPost("/cancel", Cancel);
    }

    /// <summary>A run that is not there: 400, not 404, for historical reasons.</summary>
    private static IResult NoRun(long id) => ApiError.Invalid($"Run {id} does not exist.");

    private IResult Get(long run_id, string? page_token)
    {
        if (jobs.Find(run_id) is not { } run) return NoRun(run_id);
        return PageToken.TryRead(page_token, out var first) ? Results.Ok(shapes.Whole(run, first)) : ApiError.Invalid("Invalid page token.");
    }

    private IResult GetOutput(long run_id)
    {
        if (jobs.FindByTask(run_id) is { } run) return Results.Ok(shapes.Output(run, run_id));
        return jobs.Find(run_id) is null
            ? NoRun(run_id)
            : ApiError.Invalid("Retrieving the output of runs with multiple tasks is not supported. Retrieve the output of each individual task run instead.");
    }

    private IResult Cancel(CancelRequest request)
    {
        if (jobs.Find(request.RunId) is not { } run) return NoRun(request.RunId);
        run.Cancel();
        return Results.Ok(new JsonObject());
    }

    private IResult List(long? job_id, bool? active_only, bool? completed_only, int? limit, string? page_token, long? start_time_from)
    {
        if (limit is < 1 or > MaxPage) return ApiError.Invalid($"limit must be between 1 and {MaxPage}.");
        if (active_only is true && completed_only is true) return ApiError.Invalid("active_only and completed_only exclude each other.");
        if (!PageToken.TryRead(page_token, out var first)) return ApiError.Invalid("Invalid page token.");
        var found = jobs.Runs.Where(run => job_id is null || run.Job.Id == job_id)
            .Where(run => active_only is not true || run.IsActive)
            .Where(run => completed_only is not true || !run.IsActive)
            .Where(run => start_time_from is null || run.StartedAt.ToUnixTimeMilliseconds() >= start_time_from)
            .Reverse().ToList();
        var page = found.Skip(first).Take(limit ?? 20).ToList();
        var body = new JsonObject { ["has_more"] = first + page.Count < found.Count };
        if (page.Count > 0) body["runs"] = new JsonArray([.. page.Select(run => shapes.Brief(run, run.Show()))]);
        if (first + page.Count < found.Count) body["next_page_token"] = PageToken.Of(first + page.Count);
        return Results.Ok(body);
    }

    private sealed record CancelRequest
    {
        public required long RunId { get; init; }
    }
}
