using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mirion.Generation.FakeDatabricks.Requests;

namespace Mirion.Generation.FakeDatabricks.Faults;

/// <summary>What a test does to the workspace, for tests that are other programs. No workspace has this, and it asks for no token.</summary>
internal sealed class ControlApi(FaultPlan plan, RequestLog log) : IFakeApi
{
    /// <summary>Where it is.</summary>
    public const string Prefix = "/__fake";

    public void Map(IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup(Prefix).AllowAnonymous();
        control.MapPost("/faults", Add);
        control.MapGet("/requests", () => Results.Ok(log.Requests));
    }

    private IResult Add(FaultRequest request)
    {
        if (request is { Status: 0, Reset: false, DelayMs: 0 } or { Status: 0, Reset: false, AfterTheWork: true })
            return ApiError.Invalid("A fault has a status, a reset or a delay, and only the first two can come after the work.");
        var fault = request.Reset ? Fault.Reset() : Fault.Answer(request.Status, request.Body, request.ContentType);
        if (request.DelayMs > 0) fault = fault.WithDelay(TimeSpan.FromMilliseconds(request.DelayMs));
        if (request.AfterTheWork) fault = fault.AfterTheWork();
        plan.Next(request.Method, request.Path, fault.WithRetryAfter(request.RetryAfter), request.Times, request.BodyContains);
        return Results.NoContent();
    }

    private sealed record FaultRequest
    {
        public string Method { get; init; } = "*";

        public required string Path { get; init; }

        public int Times { get; init; } = 1;

        public int Status { get; init; }

        public string Body { get; init; } = "";

        public string ContentType { get; init; } = "application/json";

        public string? RetryAfter { get; init; }

        public string? BodyContains { get; init; }

        public bool Reset { get; init; }

        public int DelayMs { get; init; }

        public bool AfterTheWork { get; init; }
    }
}
